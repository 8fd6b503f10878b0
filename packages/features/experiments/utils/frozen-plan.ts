import type { Arrivals } from "@calcom/statistics/arrivals";
import {
  countedAfter,
  effectFor,
  type PlanDesign,
  plan,
  unitsNeeded,
  weeksFor,
} from "@calcom/statistics/planner";
import { DEFAULT_PLAN, FEWEST_PLANNED_SUBJECTS, type PlanSource } from "../types/analysis";
import type { FrozenPlan } from "../types/planning";
import type { Unit } from "../types/settings";

export interface PlanBasis {
  unit: Unit;
  /** The number that was typed; null where none was. */
  typed: number | null;
  minimumDays: number;
  windowDays: number;
  /** Null where nothing of this unit ran, and nobody has said how many come. */
  arrivals: Arrivals | null;
  /** Null where no baseline is known. */
  input: PlanDesign | null;
  /** Of the primary metric, or as it was assumed. */
  minimumEffect: number | null;
}

/** For how many weeks it is said what can be found; the recommended ones are at least four, the last the most. */
export const WEEKS_AHEAD = [1, 2, 4, 8, 12];
const FEWEST_WEEKS = 4;
const MOST_WEEKS = 12;

/**
 * The number of subjects that is planned for: what was typed; else what the smallest effect that matters takes, where
 * that can be had within twelve weeks; else as many as the recommended weeks bring; else a default.
 */
export function freezePlan(basis: PlanBasis): FrozenPlan {
  const [subjects, source] = choosePlan(basis);
  const { arrivals, input } = basis;
  return {
    subjects,
    source,
    weeks: arrivals && weeksFor(subjects, { ...basis, arrivals }),
    effect: input && effectFor(input, subjects),
  };
}

function choosePlan(basis: PlanBasis): [subjects: number, source: PlanSource] {
  const { unit, typed, arrivals, input, minimumEffect } = basis;
  if (typed !== null) return [typed, "typed"];
  const needed = input && minimumEffect !== null ? unitsNeeded({ ...input, minimumEffect }) : null;
  if (arrivals === null && needed !== null) return raiseToFewest(needed, "minimum_effect");
  // Without traffic, as at a share of 0 %, there is as little to forecast by as without a past.
  if (arrivals === null || countWithin(MOST_WEEKS, basis, arrivals) === 0)
    return [DEFAULT_PLAN[unit], "default"];
  if (input !== null && minimumEffect !== null) {
    const planned = plan({ ...input, arrivals, minimumEffect });
    if (planned.status === "planned") return raiseToFewest(planned.units, "minimum_effect");
    if (planned.reason.code === "does_not_fit")
      return raiseToFewest(countWithin(MOST_WEEKS, basis, arrivals), "weeks");
  }
  const weeks = WEEKS_AHEAD.find(
    (one) => one >= FEWEST_WEEKS && isEnough(countWithin(one, basis, arrivals), input),
  );
  return raiseToFewest(countWithin(weeks ?? MOST_WEEKS, basis, arrivals), "weeks");
}

/** Whether so many find anything at all; where no baseline says what, whether they can be planned for. */
function isEnough(subjects: number, input: PlanDesign | null): boolean {
  return subjects >= FEWEST_PLANNED_SUBJECTS && (input === null || effectFor(input, subjects) !== null);
}

function countWithin(weeks: number, { windowDays }: PlanBasis, arrivals: Arrivals): number {
  return Math.floor(countedAfter(weeks, { arrivals, windowDays }));
}

function raiseToFewest(subjects: number, source: PlanSource): [subjects: number, source: PlanSource] {
  return subjects < FEWEST_PLANNED_SUBJECTS ? [FEWEST_PLANNED_SUBJECTS, "fewest"] : [subjects, source];
}
