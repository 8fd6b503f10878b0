"use client";

import type { ExperimentSlug } from "../types/registry";
import type { UseExperimentOptions, UseExperimentResult } from "./result";
import { useDecision } from "./useDecision";

/**
 * The variant to show, and why. If an `<ExperimentProvider>` named the slug, the variant is in the first HTML and stays
 * through hydration. Otherwise it is requested once after mounting, and the status is "loading" until then.
 *
 * Mounting counts as exposure, once per subject. Use `useExperimentInView` to count when it is scrolled into view.
 *
 * `userId`, `teamId` and `visitorId` are claims. The server checks them: a wrong one shows control. Never throws.
 */
export function useExperiment<S extends ExperimentSlug>(
  slug: S,
  options: UseExperimentOptions = {},
): UseExperimentResult<S> {
  return useDecision(slug, options, true)[0];
}
