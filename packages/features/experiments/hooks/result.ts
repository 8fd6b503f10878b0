import type { PayloadOf, VariantOf } from "../registry";
import type { ExperimentAnswer, Reason } from "../types";

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

type WithoutShared<T> = T extends unknown ? Omit<T, keyof Shared> : never;
export type Outcome<S extends string> = WithoutShared<UseExperimentResult<S>>;

const control: Control = { variant: null, isControl: true, isNewAssignment: false, payload: null };

export const loading = { ...control, status: "loading", isLoading: true, reason: null } as const;

export function controlBecause(reason: LocalReason) {
  return { ...control, status: "ready", isLoading: false, reason } as const;
}

export function failed(error: Error) {
  return { ...control, status: "error", isLoading: false, reason: "unavailable", error } as const;
}

export function ready<S extends string>(answer: ExperimentAnswer): Outcome<S> {
  const { reason, isControl, isNewAssignment } = answer;
  return {
    status: "ready",
    isLoading: false,
    reason,
    isControl,
    isNewAssignment,
    // The registry says what the server may answer; `npm run check` compares it with the stored configurations.
    variant: answer.variant as VariantOf<S> | null,
    payload: answer.payload as PayloadOf<S> | null,
  };
}
