import { NO_FACTS, type Reason } from "../types/answers";
import type { CompiledExperiment } from "../utils/compile";
import { decide, type StoredAssignment, type Surroundings } from "../utils/decide";
import { findPreviewed, type Overrides } from "../utils/overrides";
import { answerOf, type Decided, unknownExperiment } from "./answer";
import type { Identity } from "./identity";
import { type DecisionRequest, subjectOf } from "./subject";

/**
 * Decides without the database. Answers that need no row are still given; the others are control, and nothing is
 * counted.
 */
export function decidedWithoutDatabase(
  identity: Identity,
  request: DecisionRequest,
  experiment: CompiledExperiment | null,
  overrides: Overrides,
  surroundings: Surroundings,
): Decided {
  if (experiment === null) {
    const unknown = unknownExperiment(request.slug);
    return { ...unknown, answer: { ...unknown.answer, variant: null, reason: "unavailable" } };
  }
  const subject = subjectOf(identity, request, experiment, NO_FACTS);
  const override = findPreviewed(overrides, experiment, surroundings.now);
  const nothingStored: StoredAssignment | null = null;
  const decision = decide(experiment, subject, nothingStored, override, surroundings);
  const isCertain = REASONS_WITHOUT_DATABASE.has(decision.reason);
  return {
    experiment,
    facts: NO_FACTS,
    assignment: null,
    answer: answerOf(
      experiment,
      isCertain ? decision : { variant: null, reason: "unavailable" },
      subject.unitId,
    ),
  };
}

const REASONS_WITHOUT_DATABASE = new Set<Reason>([
  "override",
  "winner",
  "not_running",
  "bot",
  "no_consent",
  "no_unit",
]);
