import type { ExperimentAnswer, UnservedReason } from "../types";

/** Control, uncounted: what is answered where nothing is known of the experiment but its slug. */
export function unservedAnswer(
  slug: string,
  reason: UnservedReason,
): Extract<ExperimentAnswer, { variant: null }> {
  return {
    slug,
    variant: null,
    reason,
    unit: null,
    subject: null,
    isControl: true,
    isNewAssignment: false,
    assignmentType: null,
    payload: null,
  };
}
