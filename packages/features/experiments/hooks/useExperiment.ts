"use client";

import { useCallback, useContext, useEffect, useSyncExternalStore } from "react";
import { ExperimentContext } from "../context/ExperimentContext";
import type { Asked } from "../context/store";
import { claimsOf, isCounted, reportConversion } from "../lib/client/report";
import type { ExperimentSlug } from "../registry";
import type { Claims, ExperimentAnswer } from "../types";
import { controlBecause, failed, loading, type Outcome, ready, type UseExperimentResult } from "./result";

export interface UseExperimentOptions extends Claims {
  /** Neither asks nor counts, and shows control. */
  skip?: boolean;
}

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
  const decided = answerOf(slug);
  const asked = useSyncExternalStore(
    store.subscribe,
    () => store.get(slug, teamId),
    () => undefined,
  );
  const known = decided ?? asked;
  const isMissing = !decided && !skip;
  const outcome = outcomeOf<S>(known, options);
  const counted =
    outcome.status === "ready" && isAnswer(known) && outcome.variant !== null && isCounted(known);
  const seen = counted ? known : undefined;

  useEffect(() => {
    if (isMissing) store.ask(slug, teamId);
  }, [isMissing, store, slug, teamId]);
  useEffect(() => {
    if (seen) store.expose(seen);
  }, [store, seen]);

  const trackConversion = useCallback(
    (event: string, { key }: { key?: string } = {}) => {
      if (seen) reportConversion(seen.slug, event, claimsOf(seen), key);
    },
    [seen],
  );
  return { ...outcome, trackConversion };
}

function outcomeOf<S extends string>(known: Asked | undefined, options: UseExperimentOptions): Outcome<S> {
  if (options.skip) return controlBecause("skipped");
  if (known === undefined) return loading;
  if (known instanceof Error) return failed(known);
  if (known === "refused" || !agrees(known, options)) return controlBecause("claim_refused");
  return ready(known);
}

/** Only the claim about the experiment's own unit says whom the answer should be for. */
function agrees({ unit, subject }: ExperimentAnswer, options: Claims): boolean {
  const claim = unit && options[`${unit}Id`];
  return claim == null || subject === null || subject === `${unit}:${claim}`;
}

function isAnswer(known: Asked | undefined): known is ExperimentAnswer {
  return typeof known === "object" && !(known instanceof Error);
}
