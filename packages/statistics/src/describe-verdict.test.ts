import { describe, expect, test } from "vitest";
import { describeReason, describeVerdict } from "./describe-verdict";
import type { NoAnswerReason } from "./reason-types";
import type { Effect, Verdict } from "./results-types";

const effect = (change: Partial<Effect> = {}): Effect => ({
  metric: "upgrades",
  variant: "urgent",
  scale: "lift",
  low: 0.021,
  high: 0.3456,
  level: 0.95,
  pAdjusted: 0.001,
  ...change,
});
const split = (p: number): Verdict => ({
  code: "split_is_off",
  p,
  variants: [
    { variant: "control", observed: 6_000, expected: 6_350.4 },
    { variant: "urgent", observed: 6_701, expected: 6_350.6 },
  ],
});
const early = (unitsToGo: number, daysToGo: number | null, conversionsToGo = 0): Verdict => ({
  code: "too_early",
  unitsToGo,
  daysToGo,
  conversionsToGo,
});

describe("a verdict in one sentence", () => {
  const said: [Verdict, string][] = [
    [
      { code: "no_answer", reason: { code: "no_plan" } },
      "There is no answer: no number of units was planned.",
    ],
    [
      split(0.000_04),
      "Do not trust these results: the split is off (control 6000 instead of 6350, urgent 6701 instead of 6351; p = less than 0.0001).",
    ],
    [
      split(0.000_1),
      "Do not trust these results: the split is off (control 6000 instead of 6350, urgent 6701 instead of 6351; p = 0.0001).",
    ],
    [early(20, 4), "Too early: about 4 days and 20 units to go."],
    [early(20, 0), "Too early: 20 units to go."],
    [early(21, null), "Too early: 21 units to go."],
    [early(0, 4), "Too early: about 4 days to go."],
    [early(0, null, 3), "Too early: more data are needed, 3 conversions at least."],
    [
      { code: "before_planned_end", unitsToGo: 70, daysToGo: 2 },
      "Nothing is compared before the planned end: about 2 days and 70 units to go.",
    ],
    [{ code: "keep_going", unitsToGo: 0, daysToGo: 0 }, "Keep going: more data are needed."],
    [
      { code: "guardrail_worse", effect: effect({ low: -0.2, high: -0.05 }) },
      "Stop: urgent is worse in upgrades, between -20 % and -5 %.",
    ],
    [
      {
        code: "mixed",
        better: effect(),
        worse: effect({ metric: "errors", scale: "difference", low: -2, high: -0.123456 }),
      },
      "Mixed: urgent is better in upgrades, between +2.1 % and +34.6 %, and worse in errors, between -2 and -0.1235.",
    ],
    [
      { code: "better", effects: [effect(), effect({ variant: "calm", high: null })] },
      "urgent is better in upgrades: between +2.1 % and +34.6 %. calm is better in upgrades: above +2.1 %.",
    ],
    [
      {
        code: "worse",
        effects: ["a", "b", "c", "d", "e"].map((variant) => effect({ variant, low: null, high: -0.01 })),
      },
      "a is worse in upgrades: below -1 %. b is worse in upgrades: below -1 %. c is worse in upgrades: below -1 %. So are 2 more.",
    ],
    [
      { code: "better", effects: ["a", "b", "c"].map((variant) => effect({ variant, low: 0.5, high: 1 })) },
      "a is better in upgrades: between +50 % and +100 %. b is better in upgrades: between +50 % and +100 %. c is better in upgrades: between +50 % and +100 %.",
    ],
    [
      { code: "no_longer_clear", effect: effect({ low: null, high: null }) },
      "urgent differed in upgrades at an earlier look; now the effect is of any size.",
    ],
    [
      { code: "no_difference_that_matters", low: -0.01, high: 0.0123, minimumEffect: 0.05 },
      "No difference that matters: between -1 % and +1.23 %, within ±5 %.",
    ],
    [
      { code: "no_clear_difference", scale: "difference", low: -1, high: 0 },
      "No clear difference: effects between -1 and 0 remain possible.",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: 0, high: 0.1 },
      "No clear difference: effects between 0 % and +10 % remain possible.",
    ],
  ];
  test.each(said.map(([verdict, words]) => [words, verdict] as const))("%s", (words, verdict) =>
    expect(describeVerdict(verdict)).toBe(words),
  );
});

describe("a reason at the end of a sentence", () => {
  const variant = "urgent";
  const said: [NoAnswerReason, string][] = [
    [
      {
        code: "invalid_data",
        variant,
        epoch: 1,
        detail: "There are more conversions than units, or fewer than none.",
      },
      "the data of urgent contradict themselves. There are more conversions than units, or fewer than none.",
    ],
    [{ code: "no_primary_metric" }, "no primary metric was chosen."],
    [{ code: "not_measured", metric: "sales", role: "primary" }, "sales cannot be measured."],
    [
      { code: "not_measured", metric: "errors", role: "guardrail" },
      "the guardrail errors cannot be measured.",
    ],
    [
      {
        code: "guardrail_not_compared",
        metric: "errors",
        variant,
        reason: { code: "too_few_units", variant, units: 12, needed: 100 },
      },
      "the guardrail errors is not compared for urgent: urgent has 12 units, and 100 are needed.",
    ],
    [{ code: "chosen_after_start", metric: "sales" }, "sales was chosen after the start."],
    [{ code: "no_data", variant }, "urgent has no unit that can be compared."],
    [{ code: "no_common_epoch", variant }, "urgent and control were never assigned at the same time."],
    [{ code: "too_few_days", days: 3, needed: 7 }, "units came on 3 days, and 7 are needed."],
    [
      { code: "too_few_conversions", conversions: 4.7, needed: 9.2 },
      "there are 4 conversions, and 10 are needed.",
    ],
    [
      { code: "too_few_failures", failures: 4.7, needed: 9.2 },
      "nearly every unit converts: 4 do not, and 10 are needed.",
    ],
    [
      { code: "too_few_failures", failures: 0, needed: 10 },
      "every unit converts, and nothing can be told apart from certainty.",
    ],
    [{ code: "zero_denominator", variant }, "the denominator is 0 for everybody in urgent."],
    [
      { code: "denominator_near_zero", variant },
      "the denominator of urgent is too close to 0: less than three standard errors.",
    ],
    [
      { code: "before_planned_end", unitsToGo: 1, daysToGo: null },
      "nothing is compared before the planned end.",
    ],
    [{ code: "no_variation" }, "all values are the same."],
    [
      { code: "no_variation_within", variant },
      "all values of urgent are the same, and so are those of control: how sure the difference is cannot be told.",
    ],
    [
      { code: "no_variation_left" },
      "what was known before explains every value: nothing is left to compare by.",
    ],
  ];
  test.each(said.map(([reason, words]) => [words, reason] as const))("%s", (words, reason) =>
    expect(describeReason(reason)).toBe(words),
  );
});
