import type { Effect, NoAnswerReason, Verdict } from "@calcom/statistics";

type Coded<One extends { code: string }> = { [Code in One["code"]]: Extract<One, { code: Code }> };

export function anEffect(changes: Partial<Effect> = {}): Effect {
  return {
    metric: "upgrade",
    variant: "urgent",
    scale: "lift",
    low: 0.065,
    high: 0.45,
    level: 0.95,
    pAdjusted: 0.012,
    ...changes,
  };
}

/** One of each code: the compiler asks for the next. */
const REASONS: Coded<NoAnswerReason> = {
  invalid_data: {
    code: "invalid_data",
    variant: "urgent",
    epoch: 1,
    detail: "More converted than were exposed.",
  },
  no_plan: { code: "no_plan" },
  no_primary_metric: { code: "no_primary_metric" },
  no_data: { code: "no_data", variant: "urgent" },
  no_common_epoch: { code: "no_common_epoch", variant: "urgent" },
  too_few_days: { code: "too_few_days", days: 1, needed: 7 },
  too_few_units: { code: "too_few_units", variant: "urgent", units: 3, needed: 100 },
  too_few_conversions: { code: "too_few_conversions", conversions: 3, needed: 10 },
  too_few_failures: { code: "too_few_failures", failures: 3, needed: 10 },
  before_planned_end: { code: "before_planned_end", unitsToGo: 100, daysToGo: 3 },
  zero_denominator: { code: "zero_denominator", variant: "urgent" },
  denominator_near_zero: { code: "denominator_near_zero", variant: "urgent" },
  no_variation: { code: "no_variation" },
  no_variation_within: { code: "no_variation_within", variant: "urgent" },
  no_variation_left: { code: "no_variation_left" },
  not_measured: { code: "not_measured", metric: "upgrade", role: "guardrail" },
  chosen_after_start: { code: "chosen_after_start", metric: "upgrade" },
  guardrail_not_compared: {
    code: "guardrail_not_compared",
    metric: "revenue",
    variant: "urgent",
    reason: { code: "no_variation" },
  },
};

const VERDICTS: Coded<Exclude<Verdict, { code: "no_answer" }>> = {
  split_is_off: {
    code: "split_is_off",
    p: 0.0002,
    variants: [
      { variant: "urgent", observed: 479, expected: 500 },
      { variant: "control", observed: 521, expected: 500 },
    ],
  },
  too_early: { code: "too_early", unitsToGo: 3_072, conversionsToGo: 4, daysToGo: 9 },
  before_planned_end: { code: "before_planned_end", unitsToGo: 12, daysToGo: 1 },
  guardrail_worse: { code: "guardrail_worse", effect: anEffect({ low: -0.3, high: -0.1 }) },
  mixed: {
    code: "mixed",
    better: anEffect(),
    worse: anEffect({ metric: "revenue", low: -0.2, high: -0.02 }),
  },
  better: { code: "better", effects: [anEffect()] },
  worse: { code: "worse", effects: [anEffect({ low: -0.4, high: -0.1 })] },
  no_longer_clear: { code: "no_longer_clear", effect: anEffect({ low: -0.01, high: 0.2 }) },
  no_difference_that_matters: {
    code: "no_difference_that_matters",
    low: -0.02,
    high: 0.03,
    minimumEffect: 0.05,
  },
  no_clear_difference: { code: "no_clear_difference", scale: "lift", low: -0.2, high: 0.18 },
  keep_going: { code: "keep_going", unitsToGo: 3_400, daysToGo: 12 },
};

/** Every verdict that there is, each with a name. */
export const EVERY_VERDICT: [name: string, verdict: Verdict][] = [
  ...Object.values(VERDICTS).map((verdict): [string, Verdict] => [verdict.code, verdict]),
  ...Object.values(REASONS).map((reason): [string, Verdict] => [
    `no_answer, ${reason.code}`,
    { code: "no_answer", reason },
  ]),
  [
    "no_answer, not_measured primary",
    { code: "no_answer", reason: { ...REASONS.not_measured, role: "primary" } },
  ],
  [
    "no_answer, too_few_failures, none",
    { code: "no_answer", reason: { ...REASONS.too_few_failures, failures: 0 } },
  ],
  [
    "better, of eleven",
    { code: "better", effects: Array.from({ length: 11 }, (_, i) => anEffect({ variant: `v${i}` })) },
  ],
];
