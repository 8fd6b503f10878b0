"use client";

import { type RefCallback, useCallback } from "react";
import { type Watched, whenVisible } from "../lib/client/visible";
import type { ExperimentSlug } from "../types/registry";
import type { UseExperimentOptions, UseExperimentResult } from "./result";
import { useDecision } from "./useDecision";

/**
 * `useExperiment` for content further down the page. The exposure counts once half of the element with the `ref` is in
 * the window, or it fills half of the window. Put the ref on an element, or on a `<Fragment>` of elements.
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
