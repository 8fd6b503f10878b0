import type { Known } from "../lib/client/experiment-store";
import type { ExperimentAnswer, Reason } from "../types/answers";
import type { PayloadOf, VariantOf } from "../types/registry";
import type { Claims } from "../types/reports";

/** Why control is shown although the server did not decide so. */
export type LocalReason =
  /** The person is not who the options say, or not of that team. */
  | "claim_refused"
  /** The options said `skip`. */
  | "skipped";

interface Shared {
  /**
   * Reports that the person did what the experiment is about. Does nothing for a person who is not in the experiment,
   * and never throws. A `key` makes repetitions count once.
   */
  trackConversion(event: string, options?: { key?: string }): void;
}

interface Control {
  variant: null;
  isControl: true;
  isNewAssignment: false;
  payload: null;
}

/** Show what has always been there wherever `variant` is null or `isControl` is true. */
export type UseExperimentResult<S extends string> = Shared &
  (
    | (Control & { status: "loading"; isLoading: true; reason: null })
    | {
        status: "ready";
        isLoading: false;
        variant: VariantOf<S> | null;
        reason: Reason | LocalReason;
        isControl: boolean;
        isNewAssignment: boolean;
        payload: PayloadOf<S> | null;
      }
    | (Control & { status: "error"; isLoading: false; reason: "unavailable"; error: Error })
  );

export interface UseExperimentOptions extends Claims {
  /** Neither asks nor counts, and shows control. */
  skip?: boolean;
}

/** The answer that may be shown; undefined where control is, for whatever reason. */
export function shownOf(known: Known | undefined, options: UseExperimentOptions) {
  if (options.skip || !known?.slug) return;
  const { unit, subject } = known;
  // Only the claim about the experiment's own unit says whom the answer should be for.
  const claim = unit && options[`${unit}Id`];
  if (claim == null || !subject || subject === `${unit}:${claim}`) return known;
}

export function outcomeOf(
  known: Known | undefined,
  shown: ExperimentAnswer | undefined,
  isSkipped?: boolean,
) {
  const isLoading = !known && !isSkipped;
  const error = (!isSkipped && known?.error) || undefined;
  return {
    variant: null,
    isControl: true,
    isNewAssignment: false,
    payload: null,
    reason: isLoading ? null : isSkipped ? "skipped" : error ? "unavailable" : "claim_refused",
    ...shown,
    status: isLoading ? "loading" : error ? "error" : "ready",
    isLoading,
    error,
  };
}
