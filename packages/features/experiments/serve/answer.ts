import type { Decision, ExperimentAnswer, Facts } from "../types/answers";
import { unservedAnswer } from "../types/unserved-answer";
import type { CompiledExperiment } from "../utils/compile";
import type { Assignment, NewAssignment } from "./assignments.repository";

/**
 * An answer, with the row behind it: there is none, it has to be written, or it is stored. `cause` says why the database
 * gave none.
 */
export type Decided =
  | { row: "none"; answer: ExperimentAnswer; cause?: unknown }
  | ({ row: "wanted"; assignment: NewAssignment } & Participation)
  | ({ row: "stored"; assignment: Assignment } & Participation);

interface Participation {
  answer: ExperimentAnswer;
  experiment: CompiledExperiment;
  facts: Facts;
}

/** Written out property by property, always in one order: a spread costs more than the rest of an answer. */
export function buildAnswer(
  experiment: CompiledExperiment,
  decision: Decision,
  unitId: string | null,
): ExperimentAnswer {
  const { slug, unit, control, assignmentType, payloads } = experiment;
  const subject = unitId === null ? null : `${unit}:${unitId}`;
  if (decision.variant === null)
    return {
      slug,
      variant: null,
      reason: decision.reason,
      unit,
      subject,
      isControl: true,
      isNewAssignment: false,
      assignmentType,
      payload: null,
    };
  const { variant, reason } = decision;
  return {
    slug,
    variant,
    reason,
    unit,
    subject,
    isControl: variant === control,
    isNewAssignment: reason === "allocated",
    assignmentType,
    payload: payloads.get(variant) ?? null,
  };
}

/**
 * The same answer for a slug that does not exist and for one that cannot be read, so that nobody outside can tell them
 * apart.
 */
export function answerUnknown(slug: string): Decided {
  return { row: "none", answer: unservedAnswer(slug, "not_running") };
}
