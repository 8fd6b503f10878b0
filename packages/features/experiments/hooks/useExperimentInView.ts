"use client";

import { type RefCallback, useCallback } from "react";
import { type Watched, whenVisible } from "../lib/client/visible";
import type { ExperimentSlug } from "../types/registry";
import type { UseExperimentOptions, UseExperimentResult } from "./result";
import { useDecision } from "./useDecision";

/**
 * `useExperiment` for what stands further down: the variant counts as seen once half of what has the `ref` is in the
 * window, or once it fills half of the window. The ref goes to an element, or to a `<Fragment>` of elements.
 */
export function useExperimentInView<S extends ExperimentSlug>(
  slug: S,
  options: UseExperimentOptions = {},
): UseExperimentResult<S> & { ref: RefCallback<Watched> } {
  const [result, counted, store] = useDecision(slug, options, false);
  const ref = useCallback(
    (target: Watched | null) => {
      if (target && counted) return whenVisible(target, () => store.expose(counted));
    },
    [counted, store],
  );
  return { ...result, ref };
}
