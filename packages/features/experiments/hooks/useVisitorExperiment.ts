"use client";

import type { ExperimentSlug } from "../types/registry";
import type { UseExperimentResult } from "./result";
import { useExperiment } from "./useExperiment";

/** For people who have not signed in. The signed cookie names the visitor, so there is no id to pass. */
export function useVisitorExperiment<S extends ExperimentSlug>(
  slug: S,
  options?: { skip?: boolean },
): UseExperimentResult<S> {
  return useExperiment(slug, options);
}
