import type { Known } from "../lib/client/experiment-store";
import type { ExperimentAnswer, Reason } from "../types/answers";
import type { PayloadOf, VariantOf } from "../types/registry";
import type { Claims } from "../types/reports";

/** Why control is shown although the server did not decide so. */
export type LocalReason =
  /** The signed-in person is not the one in the options, or no member of that team. */
  | "claim_refused"
  /** The options said `skip`. */
  | "skipped";

interface Shared {
  /**
   * Reports a conversion. Does nothing for a person who is not in the experiment, and never throws. A `key` makes
   * repetitions count once.
   */
  trackConversion(event: string, options?: { key?: string }): void;
}

interface Control {
  variant: null;
  isControl: true;
  isNewAssignment: false;
  payload: null;
}

/** Show the original experience if `variant` is null or `isControl` is true. */
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
  /** Shows control, without a request and without counting. */
  skip?: boolean;
}

/** The answer to show; undefined if control is shown instead. */
export function shownOf(known: Known | undefined, options: UseExperimentOptions) {
  if (options.skip || !known?.slug) return;
  const { unit, subject } = known;
  // Only the claim about the experiment's own unit matters.
  const claim = unit && options[`${unit}Id`];
  if (claim == null || !subject || subject === `${unit}:${claim}`) return known;
}

export function outcomeOf(
  known: Known | undefined,
  shown: ExperimentAnswer | undefined,
  isSkipped?: boolean,
) {
  const isLoading = !known && !isSkipped;
  const error = isSkipped ? undefined : (known?.error ?? undefined);
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
