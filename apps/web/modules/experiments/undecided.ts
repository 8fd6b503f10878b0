import type { ExperimentAnswer, Reason } from "@calcom/features/experiments";

/** Control, uncounted. */
export function undecided(
  slug: string,
  reason: Extract<Reason, "no_unit" | "unavailable">,
): ExperimentAnswer {
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
