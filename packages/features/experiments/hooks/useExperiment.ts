"use client";

import type { ExperimentSlug } from "../types/registry";
import type { UseExperimentOptions, UseExperimentResult } from "./result";
import { useDecision } from "./useDecision";

/**
 * The variant to show, and why. What an `<ExperimentProvider>` named is there in the first HTML and stays the same
 * through hydration; anything else is asked for once after mounting, and is "loading" until then. Mounting counts as
 * seeing: once per subject, however often it is mounted. Where it should not, there is `useExperimentInView`.
 *
 * `userId`, `teamId` and `visitorId` are claims. The server alone knows who is there: a claim that it does not share
 * shows control. Never throws.
 */
export function useExperiment<S extends ExperimentSlug>(
  slug: S,
  options: UseExperimentOptions = {},
): UseExperimentResult<S> {
  return useDecision(slug, options, true)[0];
}
