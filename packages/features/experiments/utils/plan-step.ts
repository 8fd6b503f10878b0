import { toRegistration } from "../metrics/registration";
import type { MetricRegistry } from "../metrics/registry";
import type { ConclusionReason } from "../types/conclusion";
import type { ExperimentConfig } from "../types/config";
import { ExperimentError } from "../types/errors";
import { noSuchVariant } from "../types/input";
import { choosePrimary, hasPrimary, NO_PRIMARY } from "../types/metrics";
import type { FrozenPlan } from "../types/planning";
import { NO_SCHEDULE, type Schedule } from "../types/settings";
import { toInput, validateInput, validateLearning } from "./config-changes";
import { type Action, isFlagsBrake, isLive, statusAfter } from "./lifecycle";
import type { PlannedChange, PresentExperiment } from "./plan-change";
import { refuseUnknownMetrics } from "./refusals";
import { invalidTransition } from "./refuse-transition";
import { completeRegistration } from "./registering";
import { standingOf } from "./standing";

/** How an experiment ends. The reason and the learning may be left out. */
export interface Conclusion {
  winnerVariant: string | null;
  reason?: ConclusionReason | null | undefined;
  /** Replaces what was written before, where it is given. */
  learning?: string | undefined;
}

/** A step of the lifecycle, with what somebody decided along with it. */
export type Step =
  | {
      action: "start";
      /** The planned subjects that the dialog showed. A number that was typed into the settings wins. */
      shownPlan?: number | undefined;
      /** The metric that was chosen along with the start. */
      primaryMetric?: string | undefined;
      /** Why it starts without a primary metric, where it has none. */
      withoutMetric?: string | undefined;
    }
  | ({ action: "conclude" } & Conclusion)
  | { action: Exclude<Action, "start" | "conclude"> };

/** The experiment with what a start chose for it, as if that had been saved a moment before. */
export function withChoices(before: PresentExperiment, step: Step): PresentExperiment {
  const { config } = before;
  if (step.action !== "start" || config.status !== "draft") return before;
  const metrics =
    step.primaryMetric === undefined ? config.metrics : choosePrimary(config.metrics, step.primaryMetric);
  const reason = step.withoutMetric ?? config.withoutMetric;
  const withoutMetric = hasPrimary({ ...config, metrics }) ? null : reason;
  return { ...before, config: { ...config, metrics, withoutMetric } };
}

/**
 * Refuses a step that the lifecycle does not have, and one that would let people into what is not complete.
 *
 * @throws ExperimentError `invalid_transition`, `invalid_config`
 */
export function refuseStep(
  { slug, description, config }: PresentExperiment,
  step: Step,
  metrics: MetricRegistry,
): void {
  const standing = standingOf(config);
  if (statusAfter(standing, step.action) === null) throw invalidTransition(slug, standing, step.action);
  if (isFlagsBrake(standing, step.action)) return;
  if (step.action === "conclude") {
    refuseUnknownWinner(config, step.winnerVariant);
    validateLearning(step.learning ?? "");
  }
  if (opensEpoch(step.action)) validateInput(toInput(slug, description, config));
  if (step.action !== "start") return;
  refuseUnknownMetrics(metrics, config);
  if (config.withoutMetric === null && !hasPrimary(config))
    throw new ExperimentError("invalid_config", NO_PRIMARY, { field: "metrics" });
}

/**
 * What a step makes of an experiment that `refuseStep` has let pass.
 *
 * @param frozen the plan that a start freezes; null for every other step
 * @param isScheduled whether the schedule takes the step, which is then done with, by whatever clock it fell due
 */
export function planStep(
  { description, config: before }: PresentExperiment,
  step: Step,
  {
    metrics,
    frozen,
    now,
    isScheduled,
  }: { metrics: MetricRegistry; frozen: FrozenPlan | null; now: Date; isScheduled: boolean },
): PlannedChange {
  const { action } = step;
  const standing = standingOf(before);
  if (isFlagsBrake(standing, action)) return turnFlag(description, before, action === "turn_off");
  const config = {
    ...before,
    status: statusAfter(standing, action) ?? before.status,
    schedule: scheduleAfter(action, before.schedule, now, isScheduled),
    registeredMetrics:
      action === "start" ? toRegistration(metrics.plan(before)) : completeRegistration(metrics, before),
  };
  if (step.action === "conclude") {
    config.winnerVariant = step.winnerVariant;
    config.conclusionReason = step.reason ?? null;
    config.learning = step.learning ?? before.learning;
    config.endedAt = now.toISOString();
  }
  if (step.action === "start" && frozen !== null) {
    const plannedSubjects = before.analysis.plannedSubjects ?? step.shownPlan ?? frozen.subjects;
    config.analysis = { ...before.analysis, plannedSubjects };
    // A number that was named along with the start, or shown by an earlier forecast, is none of this one.
    config.plannedBy = plannedSubjects === frozen.subjects ? frozen.source : "typed";
  }
  if (opensEpoch(action)) {
    config.epoch = before.epoch + 1;
    config.startedAt ??= now.toISOString();
  }
  return {
    config,
    description,
    closesEpoch: !isLive(config.status),
    opensEpoch: opensEpoch(action),
    keptVariants: null,
    importsFlag: action === "start" && before.convertedFrom !== null,
  };
}

function turnFlag(description: string, before: ExperimentConfig, isTurnedOff: boolean): PlannedChange {
  const convertedFrom = before.convertedFrom && { ...before.convertedFrom, isTurnedOff };
  return {
    config: { ...before, convertedFrom },
    description,
    closesEpoch: false,
    opensEpoch: false,
    keptVariants: null,
  };
}

/** What remains of a draft whose schedule fell due while nothing ran. */
export function planMissed({ description, config }: PresentExperiment): PlannedChange {
  return {
    config: { ...config, schedule: NO_SCHEDULE },
    description,
    closesEpoch: false,
    opensEpoch: false,
    keptVariants: null,
  };
}

function opensEpoch(action: Action): boolean {
  return action === "start" || action === "turn_on";
}

function refuseUnknownWinner({ variants }: PresentExperiment["config"], winner: string | null): void {
  if (winner === null || variants.some(({ name }) => name === winner)) return;
  throw new ExperimentError("invalid_config", noSuchVariant(winner, variants), { field: "winnerVariant" });
}

/**
 * A step that was taken by hand must not be repeated by the schedule, and an overdue end must not undo it a moment
 * later.
 */
function scheduleAfter(
  action: Action,
  { startAt, stopAt }: Schedule,
  now: Date,
  isScheduled: boolean,
): Schedule {
  if (action === "conclude" || action === "archive") return NO_SCHEDULE;
  const isOverdue = stopAt !== null && Date.parse(stopAt) <= now.getTime();
  const isDone = isScheduled && action === "pause";
  return { startAt: action === "start" ? null : startAt, stopAt: isOverdue || isDone ? null : stopAt };
}
