"use client";

import type {
  ExperimentResultsState,
  ResultsActions,
} from "@calcom/features/experiments/components/ExperimentAnalytics";
import { useLocale } from "@calcom/lib/i18n";
import { toast } from "@calcom/ui";
import { useEffect, useState } from "react";
import type { AdminOutputs } from "../api/client";
import { adminApi, useAdminUtils } from "../api/hooks";
import { commandRefusal } from "./api-refusal";
import { useResultFiles } from "./useResultFiles";

const RESULTS_EVERY_MS = 30_000;

export type StoredResults = AdminOutputs["results"]["get"];

type LatestResult = AdminOutputs["results"]["latest"];

interface UseResultsOptions {
  slug: string;
  first: StoredResults;
  /** Epoch milliseconds. */
  readAt: number;
  isCounting: boolean;
  enabled: boolean;
  posthog: ResultsActions["posthog"];
  seenEnd: ResultsActions["seenEnd"];
  linkedAsOf: string | null;
}

/** The results of the page, which come anew without a reload, and what can be done with them. */
export function useResults(options: UseResultsOptions): {
  state: ExperimentResultsState;
  actions: ResultsActions;
} {
  const { slug, first, readAt, isCounting, enabled, posthog, seenEnd, linkedAsOf } = options;
  const { t } = useLocale();
  const utils = useAdminUtils();
  const { results } = adminApi;
  // Not kept: coming back to the page is another early look, and is recorded again.
  const [early, setEarly] = useState<StoredResults | null>(null);
  const query = results.get.useQuery(
    { slug },
    {
      initialData: first,
      initialDataUpdatedAt: readAt,
      enabled,
    },
  );
  const latest = results.latest.useQuery(
    { slug },
    {
      initialData: latestOf(first),
      initialDataUpdatedAt: readAt,
      refetchInterval: isCounting ? RESULTS_EVERY_MS : false,
      enabled,
    },
  );
  const isOutdated = isNewer(latest.data, latestOf(query.data));
  const { refetch } = query;
  useEffect(() => {
    if (isOutdated) void refetch();
  }, [isOutdated, refetch]);
  const refuse = (error: unknown) => toast.error(commandRefusal(error, t).message);
  const refresh = results.refresh.useMutation({
    onSuccess: (view) => {
      setEarly(null);
      utils.cache.results.get.setData({ slug }, view);
      void utils.cache.stats.invalidate({ slug });
    },
    onError: refuse,
  });
  const look = results.lookEarly.useMutation({
    onSuccess: (view) => {
      setEarly(view);
      void utils.cache.activity.invalidate();
    },
    onError: refuse,
  });
  const files = useResultFiles(slug, refuse);
  const state: ExperimentResultsState =
    query.error && query.isRefetchError
      ? {
          status: "error",
          message: commandRefusal(query.error, t).message,
          onRetry: () => void query.refetch(),
        }
      : { status: "ready", view: early ?? query.data };
  return {
    state,
    actions: {
      onRefresh: () => refresh.mutate({ slug }),
      isRefreshing: refresh.isPending,
      onLookEarly: () => look.mutateAsync({ slug }).then(nothing, nothing),
      onStopLooking: () => setEarly(null),
      ...files,
      posthog,
      seenEnd,
      linkedAsOf,
    },
  };
}

function latestOf({ result, receipt }: StoredResults): LatestResult {
  return { asOf: result?.asOf ?? null, hasReceipt: receipt !== null };
}

/** A result that this page has counted itself may be newer than the last one that it was told of. */
function isNewer(stored: LatestResult, shown: LatestResult): boolean {
  return (stored.asOf ?? "") > (shown.asOf ?? "") || (stored.hasReceipt && !shown.hasReceipt);
}

/** A toast has already told of a refusal. */
function nothing(): void {}
