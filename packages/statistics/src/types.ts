/**
 * What the recount hands to the engine: sums that are enough for every method, per variant and epoch. Means come as
 * mean and M2 (the sum of squared deviations from it), for sums of squares cancel; pair moments likewise.
 */
export interface Moments {
  mean: number;
  m2: number;
  /** The smallest value of a unit, so that bounds below what is possible are not shown; absent where it is not known. */
  min?: number;
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

/** What a metric is for, and which way is better; frozen at the start. */
export interface MetricPlan {
  id: string;
  kind: MetricKind;
  direction: MetricDirection;
  role: MetricRole;
  /**
   * The smallest relative change that matters, as a positive fraction: 0.05 is 5 %. For a guardrail it is the loss
   * that is still acceptable. Null where nobody has said.
   */
  minimumEffect: number | null;
  /**
   * Chosen when data could already be seen, so that it may have been chosen because of them. Such a metric is shown as
   * exploratory and never leads the verdict, whatever its role.
   */
  isChosenAfterStart?: boolean;
}

/** Units per variant that took part in one epoch: what the split is held to. */
export interface EpochUnits {
  epoch: number;
  /** The share of each variant while it lasted, in percent. */
  weights: Record<string, number>;
  units: Record<string, number>;
}

/** What was decided before the start, and how far things are. */
export interface Design {
  control: string;
  /** All of them, the control included, in the order of the page. */
  variants: readonly string[];
  mode: AnalysisMode;
  /** Units of all variants that were planned, frozen at the start; a comparison needs it in either mode. */
  plannedUnits: number | null;
  /**
   * Units of all variants that have come early enough to be compared, whatever has been erased since: one count to which the
   * plan is held for every metric. The most that any metric has where absent.
   */
  units?: number;
  /** In fixed mode, the end needs these days too. */
  plannedDays: number | null;
  /** UTC days on which units that are compared were exposed: neither pauses nor idle days count. */
  days: number;
  /**
   * Whether more units come; "running" where absent. While it is paused nobody knows how long anything takes, and once
   * it is over there is nothing to wait for.
   */
  phase?: "running" | "paused" | "over";
  /** Units that are exposed per day, to say how long things take; where absent, those that are compared over the days. */
  unitsPerDay?: number;
  /** Variants other than control × primary metrics, frozen at the start. */
  plannedComparisons: number;
  /** Chance of any false verdict among the planned comparisons; 0.05 where absent. */
  alpha?: number;
  /** Days before which nothing is compared; 7 where absent. */
  minimumDays?: number;
  /**
   * What could have been compared when it ended, units that waited for nothing more: what a planned end is held to, for at
   * the end everything is read. All that is compared where absent.
   */
  reached?: { units: number; days: number };
  /**
   * Days from now until there are so many, which is later than their difference where units are waited for after their
   * exposure; that difference where absent.
   */
  daysUntilMinimum?: number;
  /** Units per variant before which nothing is compared; 100 where absent, and 30 for ratios, whose units are often teams. */
  minimumUnits?: number;
  /** False leaves the chances out, which only describe; simulations ask for thousands of results. */
  hasChances?: boolean;
}

/** What one look hands to the next; JSON, stored as it is. */
export interface LookState {
  /** By metric and variant: the smallest always-valid p so far. */
  smallestP: Record<string, Record<string, number>>;
  /** The smallest p so far of the test of the split. */
  smallestSplitP: number;
  /** The same for each segment, by `segmentKey`; absent in states from before segments were tested. */
  smallestSegmentP?: Record<string, number>;
}

/** Units with one value of a fact that was frozen at their exposure. */
export interface SegmentUnits {
  fact: string;
  value: string;
  split: readonly EpochUnits[];
}

/** What a metric is among units with one value of such a fact. */
export interface SegmentData {
  fact: string;
  value: string;
  epochs: readonly EpochData[];
}

export interface MetricInput extends Design {
  metric: MetricPlan;
  epochs: readonly EpochData[];
  /** Of the look before. */
  previous?: LookState;
}

export interface AnalysisInput extends Design {
  metrics: readonly { metric: MetricPlan; epochs: readonly EpochData[] }[];
  split: readonly EpochUnits[];
  /** The same units by segment: where a split is off, the first question is where. Absent where none are kept. */
  segments?: readonly SegmentUnits[];
  /** Metrics of the plan of which there are no figures at all. Absent where there are none. */
  unmeasured?: readonly Pick<MetricPlan, "id" | "role">[];
  /** Of the look before. */
  previous?: LookState;
}
