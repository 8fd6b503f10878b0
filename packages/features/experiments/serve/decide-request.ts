import { type Decision, type Facts, NO_FACTS, type Reason } from "../types/answers";
import { unservedAnswer } from "../types/unserved-answer";
import type { CompiledExperiment } from "../utils/compile";
import { decide, type Surroundings } from "../utils/decide";
import type { FlagSaying } from "../utils/former-flag";
import { findPreviewed, type Overrides } from "../utils/overrides";
import { answerUnknown, buildAnswer, type Decided } from "./answer";
import type { Assignment } from "./assignments.repository";
import { isHeldByFlag } from "./flag-sayings";
import type { Identity } from "./identity";
import { type DecisionRequest, findUnitId } from "./subject";

/** What all requests of a call have in common. */
export interface Call {
  identity: Identity;
  overrides: Overrides | undefined;
  surroundings: Surroundings;
}

/** What was found for one request. */
export interface Found {
  facts: Facts;
  stored: Assignment | null;
  said: FlagSaying | null;
  /** Whether too many new visitors came from this address. */
  isRateLimited: boolean;
}

/** Decides one request. */
export function decideRequest(
  call: Call,
  request: DecisionRequest,
  experiment: CompiledExperiment | null,
  found: Found,
): Decided {
  if (experiment === null) return answerUnknown(request.slug);
  const { facts, stored, said, isRateLimited } = found;
  const { identity, overrides, surroundings } = call;
  const { isBot, hasConsent } = identity;
  const unitId = findUnitId(experiment.unit, identity, request);
  const override = findPreviewed(overrides, experiment, surroundings.now);
  const subject = { unitId, facts, isBot, hasConsent, isRateLimited, said };
  const decision = decide(experiment, subject, stored, override, surroundings);
  // Nothing about a draft is told to callers.
  if (experiment.status === "draft" && decision.variant === null) return answerUnknown(request.slug);
  const answer = buildAnswer(experiment, decision, unitId);
  // Only then: an override hides the stored row, and a hidden row must not be exposed.
  if (decision.reason === "sticky" && stored !== null)
    return { row: "stored", assignment: stored, answer, experiment, facts };
  if (decision.reason === "allocated" && unitId !== null) {
    const { slug, unit, assignmentType, epoch } = experiment;
    const isProvisional = unit === "visitor" && identity.isFirstSight === true;
    const assignment = {
      slug,
      unit,
      unitId,
      variant: decision.variant,
      assignmentType,
      epoch,
      isProvisional,
    };
    return { row: "wanted", assignment, answer, experiment, facts };
  }
  return { row: "none", answer };
}

/**
 * Decides without the database. Answers that need no row are still given; the others are control, and nothing is
 * counted.
 */
export function decideWithoutDatabase(
  call: Call,
  request: DecisionRequest,
  experiment: CompiledExperiment | null,
  cause: unknown,
): Decided {
  const unknown: Decided = { row: "none", answer: unservedAnswer(request.slug, "unavailable"), cause };
  if (experiment === null) return unknown;
  const decided = decideRequest(call, request, experiment, NOTHING_FOUND);
  const { reason } = decided.answer;
  if (reason === "override" || reason === "winner") return decided;
  if (REASONS_WITHOUT_DATABASE.has(reason) && !isHeldByFlag(experiment)) return decided;
  if (experiment.status === "draft") return unknown;
  const unitId = findUnitId(experiment.unit, call.identity, request);
  return { row: "none", answer: buildAnswer(experiment, UNAVAILABLE, unitId), cause };
}

const NOTHING_FOUND: Found = { facts: NO_FACTS, stored: null, said: null, isRateLimited: false };
const UNAVAILABLE: Decision = { variant: null, reason: "unavailable" };
const REASONS_WITHOUT_DATABASE = new Set<Reason>(["not_running", "bot", "no_consent", "no_unit"]);
