import type { MetricRole } from "./types";

/** Why there is no answer, with the figures for the sentence. */
export type WithheldReason =
  | { code: "invalid_data"; variant: string; epoch: number; detail: string }
  | { code: "no_plan" }
  | { code: "no_primary_metric" }
  | { code: "no_data"; variant: string }
  /** The two variants were never assigned in the same epoch. */
  | { code: "no_common_epoch"; variant: string }
  | { code: "too_few_days"; days: number; needed: number }
  | { code: "too_few_units"; variant: string; units: number; needed: number }
  /** Of the two variants together, or expected in one of them. */
  | { code: "too_few_conversions"; conversions: number; needed: number }
  /** All units convert, or nearly all. More units need not change that. */
  | { code: "too_few_failures"; failures: number; needed: number }
  | { code: "before_planned_end"; unitsToGo: number; daysToGo: number | null }
  /** A ratio: every denominator of the variant is 0. */
  | { code: "zero_denominator"; variant: string }
  /** Of a ratio whose denominators have both signs: their mean is within three standard errors of 0. */
  | { code: "denominator_near_zero"; variant: string }
  /** All units have the same value; there is nothing to compare. */
  | { code: "no_variation" }
  /** All units of a variant have the same value, and the two have different ones. */
  | { code: "no_variation_within"; variant: string }
  /** What was known of the units before explains every value. */
  | { code: "no_variation_left" }
  /** A metric of the plan without which nothing can be said: nobody can measure it any more. */
  | { code: "not_measured"; metric: string; role: MetricRole }
  /** Every primary metric was chosen when data could already be seen. */
  | { code: "chosen_after_start"; metric: string };

/** Why there is no verdict. */
export type NoAnswerReason =
  | WithheldReason
  /** A primary metric is compared, and a guardrail of the plan is not: whether the variant harms it is not known. */
  | { code: "guardrail_not_compared"; metric: string; variant: string; reason: WithheldReason };

/** Why a difference is known, and not a lift. */
export type LiftReason =
  /** Control's value is 0. */
  | { code: "no_baseline" }
  /** Control's value is too near to zero for its uncertainty (Fieller's g ≥ 1). */
  | { code: "baseline_near_zero" }
  /** All units of the variant are 0: the difference has an interval, the lift of −100 % has none. */
  | { code: "nothing_in_variant" };
