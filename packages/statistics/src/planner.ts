import { type Arrivals, arrived, daysFor, daysWithUnits } from "./arrivals";
import { MINIMUM_CONVERSIONS, MINIMUM_DAYS } from "./minimum";
import { crossing } from "./roots";
import { costOfLooking, type Strength, unitsForMeansByT, unitsForRates } from "./sample-size";
import type { AnalysisMode, MetricDirection } from "./types";

export interface PlanInput {
  metric: { kind: "rate"; baseline: number } | { kind: "mean"; mean: number; sd: number };
  direction: MetricDirection;
  /** The smallest relative change worth finding, as a positive fraction. */
  minimumEffect: number;
  mode: AnalysisMode;
  control: string;
  /** Share of each variant in percent. Those without a share are not planned for, and still count as comparisons. */
  weights: Readonly<Record<string, number>>;
  primaryMetrics: number;
  /** How many new units come: on each day, or the different ones seen up to each of the days observed. */
  arrivals: Arrivals;
  /** Days after its exposure for which a unit is waited for: until then it is not counted. */
  windowDays: number;
  /** Days on which units must come before anything is compared; 7 where absent. */
  minimumDays?: number;
  /** Units of each variant before which nothing is compared; 0 where absent. */
  minimumUnits?: number;
  /** 0.05 where absent. */
  alpha?: number;
  /** 0.8 where absent. */
  power?: number;
  /** Of the variance, by CUPED, 0 to 1. */
  varianceReduction?: number;
  /** 12 where absent. */
  mostWeeks?: number;
}

/** What is planned, whenever units come. */
export type PlanDesign = Omit<PlanInput, "arrivals">;

export type Plan =
  | {
      status: "planned";
      /** Of all variants: what the design freezes. */
      units: number;
      perVariant: Record<string, number>;
      /** Whole weeks until all of them are counted, for weekdays differ; at least one. */
      weeks: number;
      comparisons: number;
      /** Units over those of fixed mode; 1 in fixed mode. The verdict often comes before they are all there. */
      costOfLooking: number;
    }
  | { status: "impossible"; reason: PlanReason };

export type PlanReason =
  | { code: "invalid_plan"; field: string }
  /** No rate can change by so much. */
  | { code: "effect_out_of_range"; largest: number }
  | { code: "no_arrivals" }
  /** `smallestEffect` is what the weeks can find; null where it cannot be said. */
  | {
      code: "does_not_fit";
      weeksNeeded: number;
      mostWeeks: number;
      units: number;
      smallestEffect: number | null;
    };

/** How many units an experiment needs, and how long they take to come and to be counted. */
export function plan(input: PlanInput): Plan {
  const wrong = invalidField(input);
  if (wrong !== null) return { status: "impossible", reason: { code: "invalid_plan", field: wrong } };
  const largest = largestEffect(input);
  if (input.minimumEffect >= largest) {
    return { status: "impossible", reason: { code: "effect_out_of_range", largest } };
  }
  const units = Math.ceil(unitsFor(input, input.minimumEffect));
  const weeks = weeksFor(units, input);
  if (weeks === null) return { status: "impossible", reason: { code: "no_arrivals" } };
  const mostWeeks = input.mostWeeks ?? 12;
  if (weeks > mostWeeks) {
    const smallestEffect = effectFor(input, countedAfter(mostWeeks, input));
    return {
      status: "impossible",
      reason: { code: "does_not_fit", weeksNeeded: weeks, mostWeeks, units, smallestEffect },
    };
  }
  const { alpha, power } = strengthOf(input, 1);
  return {
    status: "planned",
    units,
    perVariant: Object.fromEntries(
      shares(input).map(([variant, share]) => [variant, Math.ceil(units * share)]),
    ),
    weeks,
    comparisons: comparisonsOf(input),
    costOfLooking: input.mode === "fixed" ? 1 : costOfLooking(alpha, power),
  };
}

/** Units of all variants that find the smallest effect, whenever they come; null where nothing can be planned. */
export function unitsNeeded(design: PlanDesign): number | null {
  if (invalidField(design) !== null || design.minimumEffect >= largestEffect(design)) return null;
  return Math.ceil(unitsFor(design, design.minimumEffect));
}

/** Whole weeks until so many units have come and are counted; null where they never do. */
export function weeksFor(units: number, input: Pick<PlanInput, "arrivals" | "windowDays" | "minimumDays">) {
  const days = daysFor(units, input.arrivals);
  const enough = daysWithUnits(input.minimumDays ?? MINIMUM_DAYS, input.arrivals);
  if (days === null || enough === null) return null;
  return Math.max(1, Math.ceil((Math.max(days, enough) + input.windowDays) / 7));
}

/**
 * The smallest relative effect that so many units of all variants find; null where they find none. `plannedUnits` are
 * those that the start freezes, where they are others: the sequential bound is tuned to them and wider elsewhere, and in
 * fixed mode nothing is compared with fewer, and with more only once.
 */
export function effectFor(input: PlanDesign, units: number, plannedUnits = units): number | null {
  const largest = largestEffect(input);
  if (invalidField(input) !== null || !(units > 0)) return null;
  const isFixed = input.mode === "fixed";
  if (isFixed && units < plannedUnits) return null;
  const compared = isFixed ? plannedUnits : units;
  const progress = isFixed ? 1 : units / plannedUnits;
  const spare = (effect: number) => compared - unitsFor(input, effect, progress);
  const limit = Number.isFinite(largest) ? largest * (1 - 1e-9) : 1e6;
  if (spare(limit) < 0) return null;
  return Math.exp(crossing((log) => spare(Math.exp(log)), Math.log(limit) - 12, 0.5, Math.log(limit)));
}

/** Units of all variants that are counted after so many weeks: those who came early enough for their windows to have closed. */
export function countedAfter(
  weeks: number,
  { arrivals, windowDays }: Pick<PlanInput, "arrivals" | "windowDays">,
): number {
  return arrived(weeks * 7 - windowDays, arrivals);
}

/** Of all variants, so that the comparison with the fewest units has enough. */
function unitsFor(input: PlanDesign, effect: number, progress = 1): number {
  const all = shares(input);
  const control = all.find(([variant]) => variant === input.control)?.[1] ?? 0;
  const factor = 1 - (input.varianceReduction ?? 0);
  const needed = all
    .filter(([variant]) => variant !== input.control)
    .map(([, share]) => {
      const found = (unitsOfControl(input, effect, share / control, progress) * factor) / control;
      return Math.max(found, unitsToCompare(input, effect, control, share));
    });
  return Math.max(...needed);
}

function unitsOfControl(input: PlanDesign, effect: number, ratio: number, progress: number): number {
  const { metric } = input;
  const strength = { ...strengthOf(input, ratio), progress };
  if (metric.kind === "mean") return unitsForMeansByT(Math.abs(metric.mean) * effect, metric.sd, strength);
  return unitsForRates(metric.baseline, targetOf(input, metric.baseline, effect), strength);
}

function targetOf({ direction }: PlanDesign, baseline: number, effect: number): number {
  return baseline * (1 + (direction === "increase" ? effect : -effect));
}

/** Without these nothing is compared, however large the effect. */
function unitsToCompare(input: PlanDesign, effect: number, control: number, share: number): number {
  const { metric, minimumUnits = 0 } = input;
  const least = minimumUnits / Math.min(control, share);
  if (metric.kind === "mean") return least;
  const target = targetOf(input, metric.baseline, effect);
  const rate = (metric.baseline * control + target * share) / (control + share);
  // Twice the spread of a count more than it takes, so that chance rarely leaves too few.
  const expected = MINIMUM_CONVERSIONS + 2 * Math.sqrt(MINIMUM_CONVERSIONS);
  return Math.max(least, expected / Math.min(rate, 1 - rate) / (control + share));
}

function strengthOf(input: PlanDesign, ratio: number): Strength {
  const { mode, alpha = 0.05, power = 0.8 } = input;
  return { mode, alpha: alpha / comparisonsOf(input), power, ratio };
}

/** All variants but control, as the start counts them. */
function comparisonsOf({ weights, primaryMetrics }: PlanDesign): number {
  return (Object.keys(weights).length - 1) * primaryMetrics;
}

function shares({ weights }: PlanDesign): [variant: string, share: number][] {
  const positive = Object.entries(weights).filter(([, weight]) => weight > 0);
  const whole = positive.reduce((total, [, weight]) => total + weight, 0);
  return positive.map(([variant, weight]) => [variant, weight / whole]);
}

function largestEffect({ metric, direction }: PlanDesign): number {
  if (metric.kind === "mean") return Infinity;
  return direction === "increase" ? (1 - metric.baseline) / metric.baseline : 1;
}

function invalidField(input: PlanDesign): string | null {
  const { metric, minimumEffect, windowDays, alpha = 0.05, power = 0.8, varianceReduction = 0 } = input;
  const inside = (value: number) => value > 0 && value < 1;
  if (metric.kind === "rate" && !inside(metric.baseline)) return "metric.baseline";
  if (metric.kind === "mean" && !(Number.isFinite(metric.mean) && metric.mean !== 0)) return "metric.mean";
  if (metric.kind === "mean" && !(metric.sd > 0 && Number.isFinite(metric.sd))) return "metric.sd";
  if (!(minimumEffect > 0 && Number.isFinite(minimumEffect))) return "minimumEffect";
  if (!inside(alpha)) return "alpha";
  if (!inside(power) || power <= alpha) return "power";
  if (!(varianceReduction >= 0 && varianceReduction < 1)) return "varianceReduction";
  if (!(Number.isInteger(windowDays) && windowDays >= 0)) return "windowDays";
  if (!(Number.isInteger(input.primaryMetrics) && input.primaryMetrics > 0)) return "primaryMetrics";
  if (!((input.weights[input.control] ?? 0) > 0) || shares(input).length < 2) return "weights";
  return null;
}
