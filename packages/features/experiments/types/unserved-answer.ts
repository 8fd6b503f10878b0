import type { ExperimentAnswer, UnservedReason } from "./answers";

/** Control, uncounted: the answer if nothing is known about the experiment but its slug. */
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
