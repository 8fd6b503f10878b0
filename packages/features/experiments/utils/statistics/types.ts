/**
 * What the recount hands to the engine: sums that are enough for every method, per variant and epoch. Means come as
 * mean and M2 (the sum of squared deviations from it), for sums of squares cancel; pair moments likewise.
 */
export interface Moments {
  mean: number;
  m2: number;
}

/** Of one variant in one epoch. `n` counts the units that were randomised: users, visitors or teams. */
export type ArmData =
  | { kind: "rate"; n: number; conversions: number; covariate?: Covariate }
  | { kind: "mean"; n: number; value: Moments; covariate?: Covariate }
  /** A ratio of sums, such as revenue per booking: numerator and denominator of each unit. */
  | { kind: "ratio"; n: number; numerator: Moments; denominator: Moments; comoment: number };

/** What was known of the same units before they were exposed, for CUPED. */
export interface Covariate extends Moments {
  /** Sum of products of deviations of value and covariate. */
  comoment: number;
}

export interface EpochData {
  epoch: number;
  /** The share of each variant while it lasted, in percent. */
  weights: Record<string, number>;
  /** Variants without a unit may be missing. */
  arms: Record<string, ArmData>;
}

export type MetricKind = ArmData["kind"];
export type MetricDirection = "increase" | "decrease";
export type MetricRole = "primary" | "secondary" | "guardrail";

/** As it is decided before the start and frozen then. */
export type AnalysisMode = "sequential" | "fixed";
