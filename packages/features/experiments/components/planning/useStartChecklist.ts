"use client";

import type { StartChecklist } from "../../utils/checklist";
import { type Settled, useSettled } from "../form/targeting/use-settled";
import { usePlanningPort } from "./planning-port";

/**
 * What to look at before a start, with the metric that somebody is about to choose for it. A slug of null asks nothing;
 * null is the answer where nobody can be asked.
 */
export function useStartChecklist(
  slug: string | null,
  primaryMetric: string | null,
): Settled<StartChecklist | null> {
  const port = usePlanningPort();
  return useSettled(
    port === null || slug === null ? null : { slug, primaryMetric },
    async (question) => (await port?.startChecklist(question.slug, question.primaryMetric)) ?? null,
  );
}
