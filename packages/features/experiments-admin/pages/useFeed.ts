"use client";

import type { ExperimentFeedProps } from "@calcom/features/experiments/components/ExperimentFeed";
import { useLocale } from "@calcom/lib/i18n";
import { useState } from "react";
import { adminApi } from "../api/hooks";
import { usePaths } from "../api/host";
import { commandRefusal } from "./api-refusal";

const EVERY_SECONDS = 5;

/** What happens in one experiment, read again every few seconds while somebody looks. */
export function useFeed({ slug, enabled }: { slug: string; enabled: boolean }): ExperimentFeedProps {
  const { t } = useLocale();
  const paths = usePaths();
  const [isPaused, setPaused] = useState(false);
  const query = adminApi.feed.useQuery(
    { slug },
    { enabled: enabled && !isPaused, refetchInterval: EVERY_SECONDS * 1_000 },
  );
  const state: ExperimentFeedProps["state"] = query.error
    ? {
        status: "error",
        message: commandRefusal(query.error, t).message,
        onRetry: () => void query.refetch(),
      }
    : query.data === undefined
      ? { status: "loading" }
      : { status: "ready", feed: query.data };
  return {
    state,
    isPaused,
    onPause: setPaused,
    everySeconds: EVERY_SECONDS,
    personPath: paths.person,
  };
}
