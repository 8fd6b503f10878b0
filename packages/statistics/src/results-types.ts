import type { LiftReason, NoAnswerReason, WithheldReason } from "./reason-types";
import type { SplitResult } from "./split-types";
import type { AnalysisMode, LookState, MetricPlan } from "./types";

// What the engine answers: plain JSON, stored and shown as it is. There is no NaN and no Infinity in it, but a reason.

/** A bound that is null is open: nothing limits the effect on that side. */
export interface Interval {
  low: number | null;
  high: number | null;
  /** Of confidence, such as 0.95. */
  level: number;
}

/** How the figures were found. */
export type Method =
  /** N−1 test with Miettinen and Nurminen's intervals. */
  | "score"
  /** Welch's t with Fieller's interval. */
  | "welch"
  /** Ratio of sums by the delta method, t on the units. */
  | "delta"
  /** Normal-mixture confidence sequence. */
  | "mixture";

export interface Lift {
  /** Relative to the magnitude of control's value; null with a reason. */
  value: number | null;
  /** Excludes 0 exactly where the interval of the difference does. */
  interval: Interval | null;
  reason: LiftReason | null;
}

/** One variant against control. */
export type Comparison = Compared | Withheld;

export interface Withheld {
  status: "withheld";
  variant: string;
  reason: WithheldReason;
}

export interface Compared {
  status: "compared";
  variant: string;
  method: Method;
  /** True where the values were adjusted by what was known of the units before (CUPED). */
  isAdjusted: boolean;
  /** Of both. */
  units: number;
  /** The two values compared, over epochs with the same weights for both; their difference is `difference`. */
  controlValue: number;
  treatmentValue: number;
  difference: number;
  /** Of the difference. Excludes 0 exactly where the p that decides is small enough at the same look. */
  interval: Interval;
  lift: Lift;
  /** Sequential: the smallest always-valid p so far. Fixed: the p of the planned end. */
  p: number;
  /** Of this look alone; in fixed mode the same as `p`. */
  pNow: number;
  /** Holm over the planned comparisons for a primary metric, Benjamini and Hochberg for a secondary one, `p` for a guardrail. */
  pAdjusted: number;
  /** `pAdjusted` is at most alpha. It stays so; whether the interval still excludes 0 is another matter. */
  isSignificant: boolean;
  /** Which way the interval points as the metric counts: "unclear" where it contains 0. */
  outcome: "better" | "worse" | "unclear";
  /** Description, not verdict. Null where the posterior is not defined. */
  chance: Chance | null;
  /**
   * The smaller variant showed less variation than both together, so its variance is taken from both. `factor` is how
   * much wider the interval is for it; null where the variant showed no variation at all. Null where nothing was raised,
   * absent in results of before it was.
   */
  widened?: { variant: string; factor: number | null } | null;
}

/** From flat priors: Beta(1, 1) for rates, the normal approximation for the rest. */
export interface Chance {
  /**
   * That the variant is better than control. Null while a sequential comparison is unclear: the chance is that of one
   * look, and would say more than the p beside it.
   */
  toBeatControl: number | null;
  /** That control is; summed by itself, so that it keeps its digits near 0. Null where `toBeatControl` is. */
  toLoseToControl: number | null;
  /** That it is better by the minimum effect or more; null where there is none, or no positive baseline. */
  toReachMinimumEffect: number | null;
  /** What is expected to be lost by choosing the variant, and by choosing control; in units of the metric. */
  lossOfVariant: number;
  lossOfControl: number;
}

/** One row of the table. */
export interface ArmResult {
  variant: string;
  units: number;
  /** Null where the metric is no rate. */
  conversions: number | null;
  /** Rate, mean or ratio, as it is compared; null without data, or where the variants share no epoch that could stand for all. */
  value: number | null;
  /** At 95 %, for this look: it describes the variant and decides nothing. */
  interval: Interval | null;
  /** That no other variant is better, and what is expected to be lost against the best; null where nothing is compared. */
  chanceToBeBest: number | null;
  lossAgainstBest: number | null;
}

export interface MetricResult {
  metric: MetricPlan;
  mode: AnalysisMode;
  arms: ArmResult[];
  /** In the order of the variants, without control. */
  comparisons: Comparison[];
  /** Share of the variance that CUPED took away, 0 to 1; null where it was not used. */
  varianceReduction: number | null;
}

export interface GuardrailResult {
  metric: string;
  variant: string;
  /**
   * `fine`: no loss beyond the acceptable one is left in the interval. `worse`: the interval lies on the bad side of 0, and
   * such a loss is possible.
   */
  status: "fine" | "worse" | "unclear" | "withheld";
}

/** On the scale that could be estimated. */
export interface Effect {
  metric: string;
  variant: string;
  scale: "lift" | "difference";
  low: number | null;
  high: number | null;
  level: number;
  pAdjusted: number;
}

/** In the order in which they are asked: the first that holds is the verdict. */
export type Verdict =
  /** Something is missing or wrong. Waiting does not help, but perhaps where it is a guardrail that is not compared. */
  | { code: "no_answer"; reason: NoAnswerReason }
  | { code: "split_is_off"; p: number; variants: SplitResult["variants"] }
  | { code: "too_early"; unitsToGo: number; conversionsToGo: number; daysToGo: number | null }
  | { code: "before_planned_end"; unitsToGo: number; daysToGo: number | null }
  | { code: "guardrail_worse"; effect: Effect }
  /** One primary metric better and another worse for the same variant. */
  | { code: "mixed"; better: Effect; worse: Effect }
  /** The first is the best of those that are better. */
  | { code: "better"; effects: Effect[] }
  | { code: "worse"; effects: Effect[] }
  /** A difference was established at an earlier look; the interval of now contains 0 again. */
  | { code: "no_longer_clear"; effect: Effect }
  /** The planned units have come: `low` and `high` enclose every comparison's interval. */
  | { code: "no_difference_that_matters"; low: number; high: number; minimumEffect: number }
  | { code: "no_clear_difference"; scale: Effect["scale"]; low: number | null; high: number | null }
  | { code: "keep_going"; unitsToGo: number; daysToGo: number | null };

export interface EndedShort {
  units: number;
  plannedUnits: number;
  days: number;
  plannedDays: number;
  /** `units` came early enough to be compared; as many as planned had come. Absent in results of before it was told. */
  isByWindow?: boolean;
}

/** What the engine answers at one look. */
export interface Analysis {
  verdict: Verdict;
  split: SplitResult;
  metrics: MetricResult[];
  guardrails: GuardrailResult[];
  /**
   * Fixed mode that ended before its plan was reached: what was planned and what came. The comparisons are then
   * always-valid ones, since the end may have been chosen for what could be seen. Null otherwise, absent in results of before it was told.
   */
  endedShort?: EndedShort | null;
  /** Fixed mode, past its end: the figures stay these, for a test with more units would be another test. */
  isFinal: boolean;
  /** For the next look. */
  state: LookState;
}
