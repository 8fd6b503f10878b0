"use client";

import type { ResultsActions } from "@calcom/features/experiments/components/ExperimentAnalytics";
import { ExperimentCommandDialog } from "@calcom/features/experiments/components/ExperimentCommandDialog";
import {
  EXPERIMENT_TABS,
  ExperimentPage,
  type ExperimentStatsState,
  type ExperimentTab,
} from "@calcom/features/experiments/components/ExperimentPage";
import { ExperimentVerdict, reasonsOnPage } from "@calcom/features/experiments/components/ExperimentVerdict";
import type { EndPreview } from "@calcom/features/experiments/results";
import { useLocale } from "@calcom/lib/i18n";
import { useRouter, useSearchParams } from "next/navigation";
import { useState } from "react";
import type { AdminOutputs } from "../api/client";
import { adminApi } from "../api/hooks";
import { useAdminHost } from "../api/host";
import { commandRefusal } from "./api-refusal";
import { FormPorts } from "./FormPorts";
import { PreviewLinksView } from "./PreviewLinksView";
import { useActivity } from "./useActivity";
import { useChanges } from "./useChanges";
import { useExperimentCommands } from "./useExperimentCommands";
import { useFeed } from "./useFeed";
import { useRange } from "./useRange";
import { type StoredResults, useResults } from "./useResults";

const COUNTS_EVERY_MS = 15_000;

interface ExperimentDetailViewProps {
  slug: string;
  firstExperiment: AdminOutputs["get"];
  firstStats: AdminOutputs["stats"];
  firstResults: StoredResults;
  /** Where PostHog shows what it got; null where nothing is sent. */
  posthog: ResultsActions["posthog"];
}

export function ExperimentDetailView(props: ExperimentDetailViewProps) {
  const { slug, firstExperiment, firstStats, firstResults, posthog } = props;
  const { t } = useLocale();
  const router = useRouter();
  const { paths, hasPreviews } = useAdminHost();
  const [readAt] = useState(() => Date.now());
  const [isDeleted, setDeleted] = useState(false);
  const [seenEnd, setSeenEnd] = useState<EndPreview | null>(null);
  const experiment = adminApi.get.useQuery(
    { slug },
    { initialData: firstExperiment, initialDataUpdatedAt: readAt, enabled: !isDeleted },
  );
  const isCounting = experiment.data.status === "running" || experiment.data.status === "paused";
  const stats = adminApi.stats.useQuery(
    { slug },
    {
      initialData: firstStats,
      initialDataUpdatedAt: readAt,
      refetchInterval: isCounting ? COUNTS_EVERY_MS : false,
      enabled: !isDeleted,
    },
  );
  const commands = useExperimentCommands({
    onDeleted: () => {
      setDeleted(true);
      router.replace(paths.list);
    },
  });
  const params = useSearchParams();
  const tab = readTab(params.get("tab"));
  const results = useResults({
    slug,
    first: firstResults,
    readAt,
    isCounting,
    enabled: !isDeleted && experiment.data.status !== "draft",
    posthog,
    seenEnd,
    linkedAsOf: params.get("asOf"),
  });
  const activity = useActivity({ slug, enabled: tab === "activity" && !isDeleted });
  const feed = useFeed({ slug, enabled: tab === "live" && !isDeleted });
  const changes = useChanges({
    slug,
    startedAt: startOf(results.state),
    enabled: tab === "results" && !isDeleted,
  });
  const range = useRange({ slug, enabled: tab === "results" && !isDeleted });
  const state: ExperimentStatsState =
    stats.error && stats.isRefetchError
      ? {
          status: "error",
          message: commandRefusal(stats.error, t).message,
          onRetry: () => void stats.refetch(),
        }
      : { status: "ready", stats: countsOfLook(results.state) ?? stats.data };

  return (
    <FormPorts needsMetrics={tab === "setup" || tab === "activity"}>
      <ExperimentPage
        experiment={commands.asStored(experiment.data)}
        stats={state}
        results={{ ...results, changes, range }}
        tab={tab}
        onTabChange={(next) => window.history.replaceState(null, "", `?tab=${next}`)}
        paths={paths}
        onCommand={(command) => commands.order(experiment.data, command)}
        isPending={commands.pending.has(slug)}
        activity={activity}
        feed={feed}
        previewLinks={hasPreviews && <PreviewLinksView slug={slug} control={experiment.data.control} />}
      />
      <ExperimentCommandDialog
        request={commands.request}
        onClose={commands.closeDialog}
        onRun={(subject, order) => {
          if (order.command === "conclude") setSeenEnd(order.seenEnd ?? null);
          return commands.run(subject, order);
        }}
        paths={paths}
        verdict={<ExperimentVerdict state={results.state} />}
        reasons={reasonsOnPage(results.state, experiment.data)}
      />
    </FormPorts>
  );
}

/** After an early look, shows the counts that were read with it. */
function countsOfLook(state: ReturnType<typeof useResults>["state"]) {
  return state.status === "ready" ? state.view.counts : null;
}

function startOf(state: ReturnType<typeof useResults>["state"]): string | null {
  return state.status === "ready" ? (state.view.result?.startedAt ?? null) : null;
}

function readTab(param: string | null): ExperimentTab {
  return EXPERIMENT_TABS.find((tab) => tab === param) ?? "results";
}
