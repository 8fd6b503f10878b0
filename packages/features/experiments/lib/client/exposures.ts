import type { ExperimentAnswer } from "../../types/answers";

export interface SeenVariant {
  answer: ExperimentAnswer;
  /** How long ago it was seen. */
  ageMs: number;
}

/**
 * Variants that were seen and are to be reported. Until a transport is registered they wait; `reportExposures` puts in
 * the two functions, so that a page's first code does not have to hold them.
 */
export const exposures = {
  waiting: [] as SeenVariant[],
  /** Something waits. */
  wake(): void {},
  /** Reports at once what waits: whose it is may be gone next. */
  flush(): void {},
};
