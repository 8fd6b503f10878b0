import { type ExperimentAnswer, type Facts, NO_FACTS, type Reason } from "../types/answers";
import { unservedAnswer } from "../types/unserved-answer";
import type { CompiledExperiment } from "../utils/compile";
import type { Assignment } from "./assignments.repository";

/** An answer together with what it was made from. */
export interface Decided {
  experiment: CompiledExperiment | null;
  facts: Facts;
  /** The stored row behind the answer, if there is one. */
  assignment: Assignment | null;
  answer: ExperimentAnswer;
}

export function answerOf(
  experiment: CompiledExperiment,
  decision: { variant: string | null; reason: Reason },
  unitId: string | null,
): ExperimentAnswer {
  const { variant, reason } = decision;
  const { slug, unit, control, assignmentType, payloads } = experiment;
  // Written out property by property, always in one order: a spread costs more than the rest of an answer.
  return {
    slug,
    variant,
    reason,
    unit,
    subject: unitId === null ? null : `${unit}:${unitId}`,
    isControl: variant === null || variant === control,
    isNewAssignment: reason === "allocated",
    assignmentType,
    payload: variant === null ? null : (payloads.get(variant) ?? null),
  } as ExperimentAnswer;
}

export function unitIdOf({ subject, unit }: ExperimentAnswer): string {
  return (subject as string).slice(`${unit}:`.length);
}

/**
 * The same answer for a slug that does not exist and for one that cannot be read, so that nobody outside can tell them
 * apart.
 */
export function unknownExperiment(slug: string): Decided {
  return {
    experiment: null,
    facts: NO_FACTS,
    assignment: null,
    answer: unservedAnswer(slug, "not_running"),
  };
}
