"use client";

import { useCallback, useContext, useEffect, useSyncExternalStore } from "react";
import { ExperimentContext } from "../context/ExperimentContext";
import { transport } from "../lib/client/transport";
import type { ExperimentSlug } from "../types/registry";
import { outcomeOf, shownOf, type UseExperimentOptions, type UseExperimentResult } from "./result";

/**
 * What is decided, and asked for where nobody did; the answer that is counted when it is seen, and where to count it.
 * With `exposes`, mounting is seeing.
 */
export function useDecision<S extends ExperimentSlug>(
  slug: S,
  options: UseExperimentOptions,
  exposes: boolean,
) {
  const { skip, teamId } = options;
  const { answerOf, store } = useContext(ExperimentContext);
  const asked = useSyncExternalStore(
    store.subscribe,
    () => store.get(slug, teamId),
    () => undefined,
  );
  const decided = answerOf(slug);
  const known = decided ?? asked;
  const shown = shownOf(known, options);
  // Winners and previews are shown to people who are not in the comparison.
  const counted = shown?.reason === "sticky" || shown?.reason === "allocated" ? shown : undefined;

  useEffect(() => {
    if (counted) exposes && store.expose(counted);
    else if (!decided && !skip) store.ask(slug, teamId);
  }, [counted, decided, exposes, skip, store, slug, teamId]);

  const trackConversion = useCallback(
    (event: string, options?: { key?: string }) => {
      if (counted) transport()?.sendConversion({ slug, subject: counted.subject, event, ...options });
    },
    [counted, slug],
  );
  // The registry says which variants the server may answer; and what the union excludes, `outcomeOf` never makes.
  const result = { ...outcomeOf(known, shown, skip), trackConversion } as UseExperimentResult<S>;
  return [result, counted, store] as const;
}
