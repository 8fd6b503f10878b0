"use client";

import { useState } from "react";
import type { ExperimentSummary } from "../../types/admin";
import { useMay } from "../ExperimentPermissions";

/** The rows that somebody has chosen, to do the same to all of them. */
export interface Selection {
  chosen: ExperimentSummary[];
  /** The slugs of all that could be. */
  shown: string[];
  isChosen: (slug: string) => boolean;
  choose: (slugs: readonly string[], isChosen: boolean) => void;
}

/** Only rows on the page can be selected. Null for people who may not change experiments. */
export function useSelection(items: readonly ExperimentSummary[]): Selection | null {
  const [slugs, setSlugs] = useState<ReadonlySet<string>>(new Set());
  const [mayEdit, mayRun, mayDecide] = [useMay("edit"), useMay("run"), useMay("decide")];
  if (!mayEdit && !mayRun && !mayDecide) return null;
  return {
    chosen: items.filter(({ slug }) => slugs.has(slug)),
    shown: items.map(({ slug }) => slug),
    isChosen: (slug) => slugs.has(slug),
    choose: (changed, isChosen) =>
      setSlugs((before) => {
        const kept = items
          .map(({ slug }) => slug)
          .filter((slug) => before.has(slug) && !changed.includes(slug));
        return new Set(isChosen ? [...kept, ...changed] : kept);
      }),
  };
}
