"use client";

import type { ExperimentSlug, VariantOf } from "../types/registry";
import type { UseExperimentOptions } from "./result";
import { useExperiment } from "./useExperiment";

/** Only the variant. Null means control, also while it is loading. */
export function useExperimentVariant<S extends ExperimentSlug>(
  slug: S,
  options?: UseExperimentOptions,
): VariantOf<S> | null {
  return useExperiment(slug, options).variant;
}
