"use client";

import { useCallback, useContext, useEffect, useSyncExternalStore } from "react";
import { ExperimentContext } from "../context/ExperimentContext";
import { transport } from "../lib/client/transport";
import type { ExperimentSlug } from "../types/registry";
import { outcomeOf, shownOf, type UseExperimentOptions, type UseExperimentResult } from "./result";

/**
 * The decided answer, requested once if no provider named the slug, with what is needed to report its exposure.
 * With `exposes`, mounting counts as exposure.
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
  // The registry lists the variants that the server may answer, and `outcomeOf` makes no combination outside the union.
  const result = { ...outcomeOf(known, shown, skip), trackConversion } as UseExperimentResult<S>;
  return [result, counted, store] as const;
}
