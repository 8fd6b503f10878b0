"use client";

import type { ChangesOfRun } from "@calcom/features/experiments/components/ExperimentAnalytics";
import { adminApi } from "../api/hooks";

const NONE: ChangesOfRun = { entries: [], isCut: false };

interface UseChangesOptions {
  slug: string;
  /** ISO 8601; null where nothing was started, so that there is nothing to mark. */
  startedAt: string | null;
  enabled: boolean;
}

/** What was changed since the start, for the charts. Without an answer they are drawn without marks. */
export function useChanges({ slug, startedAt, enabled }: UseChangesOptions): ChangesOfRun {
  const changes = adminApi.activity.useQuery(
    {
      slug,
      changesOnly: true,
      ...(startedAt !== null && { since: `${startedAt.slice(0, 10)}T00:00:00.000Z` }),
    },
    { enabled: enabled && startedAt !== null },
  );
  if (changes.data === undefined) return NONE;
  return { entries: changes.data.entries, isCut: changes.data.nextBefore !== null };
}
