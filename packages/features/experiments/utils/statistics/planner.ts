import { crossing } from "./roots";
import { costOfLooking, type Strength, unitsForMeans, unitsForRates } from "./sample-size";
import type { AnalysisMode, MetricDirection } from "./types";

export interface PlanInput {
  metric: { kind: "rate"; baseline: number } | { kind: "mean"; mean: number; sd: number };
  direction: MetricDirection;
  /** The smallest relative change worth finding, as a positive fraction. */
  minimumEffect: number;
  mode: AnalysisMode;
  control: string;
  /** Share of each variant in percent; those without a share are not planned for. */
  weights: Readonly<Record<string, number>>;
  primaryMetrics: number;
  /** How many new units come: on each day, or the different ones seen up to each of the days observed. */
  arrivals: { perDay: number } | { cumulative: readonly number[] };
  /** Days after its exposure for which a unit is waited for: until then it is not counted. */
  windowDays: number;
  /** 0.05 where absent. */
  alpha?: number;
  /** 0.8 where absent. */
  power?: number;
  /** Of the variance, by CUPED, 0 to 1. */
  varianceReduction?: number;
  /** 12 where absent. */
  mostWeeks?: number;
}

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
  const units = unitsFor(input, input.minimumEffect);
  const days = daysFor(units, input.arrivals);
  if (days === null) return { status: "impossible", reason: { code: "no_arrivals" } };
  const weeks = Math.max(1, Math.ceil((days + input.windowDays) / 7));
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

/** The smallest relative effect that so many units of all variants find; null where they find none. */
export function effectFor(input: PlanInput, units: number): number | null {
  const largest = largestEffect(input);
  if (invalidField(input) !== null || !(units > 0)) return null;
  const spare = (effect: number) => units - unitsFor(input, effect, false);
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
function unitsFor(input: PlanInput, effect: number, isWhole = true): number {
  const all = shares(input);
  const control = all.find(([variant]) => variant === input.control)?.[1] ?? 0;
  const factor = 1 - (input.varianceReduction ?? 0);
  const needed = all
    .filter(([variant]) => variant !== input.control)
    .map(([, share]) => (unitsOfControl(input, effect, share / control) * factor) / control);
  const units = Math.max(...needed);
  return isWhole ? Math.ceil(units) : units;
}

function unitsOfControl({ metric, direction, ...input }: PlanInput, effect: number, ratio: number): number {
  const strength = strengthOf({ metric, direction, ...input }, ratio);
  if (metric.kind === "mean") return unitsForMeans(Math.abs(metric.mean) * effect, metric.sd, strength);
  const sign = direction === "increase" ? 1 : -1;
  return unitsForRates(metric.baseline, metric.baseline * (1 + sign * effect), strength);
}

function strengthOf(input: PlanInput, ratio: number): Strength {
  const { mode, alpha = 0.05, power = 0.8 } = input;
  return { mode, alpha: alpha / comparisonsOf(input), power, ratio };
}

function comparisonsOf(input: PlanInput): number {
  return (shares(input).length - 1) * input.primaryMetrics;
}

function shares({ weights }: PlanInput): [variant: string, share: number][] {
  const positive = Object.entries(weights).filter(([, weight]) => weight > 0);
  const whole = positive.reduce((total, [, weight]) => total + weight, 0);
  return positive.map(([variant, weight]) => [variant, weight / whole]);
}

function largestEffect({ metric, direction }: PlanInput): number {
  if (metric.kind === "mean") return Infinity;
  return direction === "increase" ? (1 - metric.baseline) / metric.baseline : 1;
}

/** Different units after so many days. After the observed days it goes on as in the last week of them. */
function arrived(days: number, arrivals: PlanInput["arrivals"]): number {
  if (days < 1) return 0;
  if ("perDay" in arrivals) return days * arrivals.perDay;
  const { cumulative } = arrivals;
  const seen = cumulative.length;
  if (days <= seen) return cumulative[days - 1] ?? 0;
  return (cumulative[seen - 1] ?? 0) + (days - seen) * latestPerDay(cumulative);
}

function daysFor(units: number, arrivals: PlanInput["arrivals"]): number | null {
  if ("perDay" in arrivals) return arrivals.perDay > 0 ? Math.ceil(units / arrivals.perDay) : null;
  const { cumulative } = arrivals;
  const day = cumulative.findIndex((seen) => seen >= units);
  if (day !== -1) return day + 1;
  const [last, perDay] = [cumulative.at(-1) ?? 0, latestPerDay(cumulative)];
  return perDay > 0 ? cumulative.length + Math.ceil((units - last) / perDay) : null;
}

function latestPerDay(cumulative: readonly number[]): number {
  const week = Math.min(7, cumulative.length);
  return week === 0 ? 0 : ((cumulative.at(-1) ?? 0) - (cumulative.at(-1 - week) ?? 0)) / week;
}

function invalidField(input: PlanInput): string | null {
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
