"use client";

import {
  type ActivityFilter,
  type ExperimentActivityProps,
  NO_FILTER,
  startOfDay,
} from "@calcom/features/experiments/components/ExperimentActivity";
import { useLocale } from "@calcom/lib/i18n";
import { toast } from "@calcom/ui";
import { keepPreviousData } from "@tanstack/react-query";
import { useState } from "react";
import { adminApi } from "../api/hooks";
import { commandRefusal } from "./api-refusal";
import { download } from "./download";

/** The activity of one experiment, or of all of them, as its component wants it. */
export function useActivity({
  slug,
  enabled = true,
}: {
  slug?: string;
  enabled?: boolean;
}): ExperimentActivityProps {
  const { t } = useLocale();
  const [filter, setFilter] = useState<ActivityFilter>(NO_FILTER);
  const asked = {
    ...(slug !== undefined ? { slug } : filter.experiment !== null && { slug: filter.experiment.slug }),
    ...(filter.about !== null && { about: filter.about }),
    ...(filter.actorId !== null && { actorId: filter.actorId }),
    ...(filter.from !== "" && { since: startOfDay(filter.from) }),
    ...(filter.to !== "" && { until: startOfDay(filter.to, 1) }),
  };
  const activity = adminApi.activity.useInfiniteQuery(asked, {
    enabled,
    getNextPageParam: ({ nextBefore }) => nextBefore,
    placeholderData: keepPreviousData,
  });
  const exported = adminApi.exportActivity.useMutation({
    onSuccess: (csv) =>
      download(csv, slug === undefined ? "experiments-activity.csv" : `${slug}-activity.csv`, "text/csv"),
    onError: (error) => toast.error(commandRefusal(error, t).message),
  });
  const [first] = activity.data?.pages ?? [];
  return {
    filter,
    onFilterChange: (change) => setFilter((before) => ({ ...before, ...change })),
    state: first
      ? {
          status: "ready",
          entries: activity.data?.pages.flatMap(({ entries }) => entries) ?? [],
          actors: first.actors,
          hasMore: activity.hasNextPage,
          isLoadingMore: activity.isFetchingNextPage,
          isOutdated: activity.isPlaceholderData,
        }
      : activity.error
        ? {
            status: "error",
            message: commandRefusal(activity.error, t).message,
            onRetry: () => void activity.refetch(),
          }
        : { status: "loading" },
    onLoadMore: () => void activity.fetchNextPage(),
    onExport: () => exported.mutate(asked),
    isExporting: exported.isPending,
  };
}
