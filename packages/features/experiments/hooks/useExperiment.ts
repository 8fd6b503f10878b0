"use client";

import { useCallback, useContext, useEffect, useSyncExternalStore } from "react";
import { ExperimentContext } from "../context/ExperimentContext";
import { transport } from "../lib/client/transport";
import type { ExperimentSlug } from "../registry";
import { outcomeOf, shownOf, type UseExperimentOptions, type UseExperimentResult } from "./result";

/**
 * The variant to show, and why. What an `<ExperimentProvider>` named is there in the first HTML and stays the same
 * through hydration; anything else is asked for once after mounting, and is "loading" until then. Mounting counts as
 * seeing: once per subject, however often it is mounted.
 *
 * `userId`, `teamId` and `visitorId` are claims. The server alone knows who is there: a claim that it does not share
 * shows control. Never throws.
 */
export function useExperiment<S extends ExperimentSlug>(
  slug: S,
  options: UseExperimentOptions = {},
): UseExperimentResult<S> {
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
  const isMissing = !decided && !skip;

  useEffect(() => {
    if (counted) store.expose(counted);
    else if (isMissing) store.ask(slug, teamId);
  }, [counted, isMissing, store, slug, teamId]);

  const trackConversion = useCallback(
    (event: string, options?: { key?: string }) => {
      if (counted) transport()?.sendConversion({ slug, subject: counted.subject, event, ...options });
    },
    [counted, slug],
  );
  // The registry says which variants the server may answer; and what the union excludes, `outcomeOf` never makes.
  return { ...outcomeOf(known, shown, skip), trackConversion } as UseExperimentResult<S>;
}
