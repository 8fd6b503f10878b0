"use client";

import { type RefCallback, useCallback, useRef } from "react";
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
  const stop = useRef<() => void>(undefined);
  const ref = useCallback(
    (target: Watched | null) => {
      // React 18 takes no function back: it says by null that the target has left the page.
      stop.current?.();
      stop.current = target && counted ? whenVisible(target, () => store.expose(counted)) : undefined;
    },
    [counted, store],
  );
  return { ...result, ref };
}
