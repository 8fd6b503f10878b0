import { expect, test } from "vitest";
import { analyseExperiment } from "../experiment";
import type { Analysis, ArmResult, Compared, Effect } from "../results-types";
import type { AnalysisInput } from "../types";
import { contradictionsOf } from "./contradictions";
import { twoArms } from "./scenarios";

const INPUT: AnalysisInput = {
  control: "control",
  variants: ["control", "urgent"],
  mode: "sequential",
  plannedUnits: 12_000,
  plannedDays: null,
  days: 14,
  plannedComparisons: 1,
  metrics: [
    {
      metric: { id: "metric", kind: "rate", direction: "increase", role: "primary", minimumEffect: null },
      epochs: twoArms(
        { kind: "rate", n: 6_000, conversions: 600 },
        { kind: "rate", n: 6_000, conversions: 780 },
      ),
    },
  ],
  split: [],
};
const result = analyseExperiment(INPUT);
const A_HIGHER_ROW = { value: 0.16, interval: { low: 0.15, high: 0.17, level: 0.95 } };
const LOSS = { low: -0.2, high: 0.4, level: 0.95 };
const AN_EFFECT: Effect = {
  metric: "metric",
  variant: "urgent",
  scale: "lift",
  low: -0.3,
  high: -0.1,
  level: 0.95,
  pAdjusted: 0.001,
};

/** The result with a fault in its only comparison. */
function planted(fault: Partial<Compared>): Analysis {
  const metrics = result.metrics.map((metric) => ({
    ...metric,
    comparisons: metric.comparisons.map((one) => (one.status === "compared" ? { ...one, ...fault } : one)),
  }));
  return { ...result, metrics };
}

/** The result with a fault in the row of a variant. */
function withRow(variant: string, fault: Partial<ArmResult>): Analysis {
  const metrics = result.metrics.map((metric) => ({
    ...metric,
    arms: metric.arms.map((arm) => (arm.variant === variant ? { ...arm, ...fault } : arm)),
  }));
  return { ...result, metrics };
}

test("a result as it comes has none", () => expect(contradictionsOf(result)).toEqual([]));

test.each<[string, Partial<Compared>]>([
  ["and the interval disagree at", { interval: { low: -0.1, high: 0.2, level: 0.95 } }],
  ["p 0.2 and the interval disagree", { pNow: 0.2 }],
  [
    "the lift and the difference disagree",
    { lift: { value: 0.3, interval: { low: -0.1, high: 0.6, level: 0.95 }, reason: null } },
  ],
  [
    "the lift is said at another level",
    { lift: { value: 0.3, interval: { low: 0.1, high: 0.6, level: 0.9 }, reason: null } },
  ],
  ["the interval leaves out its own estimate", { difference: 5 }],
  ["what is significant has no side", { isSignificant: false }],
  ["The verdict is better, and no interval is", { outcome: "unclear" }],
  ["is NaN", { difference: Number.NaN }],
])("%s is found", (words, fault) => {
  expect(contradictionsOf(planted(fault)).join("\n")).toContain(words);
});

test.each<[string, Analysis]>([
  ["the rows are not what was compared", withRow("urgent", { value: 0.135 })],
  ["the rows are not what was compared", withRow("control", { value: null })],
  ["the row of urgent is outside its interval", withRow("urgent", { value: 0.5 })],
  ["the rows and the lift point in opposite directions", withRow("control", A_HIGHER_ROW)],
  ["the values compared differ by something else than the difference", planted({ treatmentValue: 0.14 })],
  [
    "the guardrail is worse, and its interval better",
    { ...result, guardrails: [{ metric: "metric", variant: "urgent", status: "worse" }] },
  ],
  [
    "the guardrail is fine, and its interval holds a larger loss",
    {
      ...planted({ outcome: "unclear", lift: { value: 0.3, interval: LOSS, reason: null } }),
      guardrails: [{ metric: "metric", variant: "urgent", status: "fine" }],
    },
  ],
  [
    "the guardrail is unclear, and nothing is compared",
    { ...result, guardrails: [{ metric: "metric", variant: "calm", status: "unclear" }] },
  ],
  [
    "A guardrail is worse, and the verdict is another",
    { ...result, guardrails: [{ metric: "metric", variant: "urgent", status: "worse" }] },
  ],
  [
    "The verdict names a guardrail, and none is worse",
    { ...result, verdict: { code: "guardrail_worse", effect: AN_EFFECT } },
  ],
])("%s is found", (words, faulty) => {
  expect(contradictionsOf(faulty).join("\n")).toContain(words);
});

test("of three variants rows may know less than what was compared, and never show the reverse", () => {
  const three = analyseExperiment({
    ...INPUT,
    variants: ["control", "urgent", "calm"],
    metrics: INPUT.metrics.map((one) => ({
      ...one,
      epochs: one.epochs.map((epoch) => ({
        ...epoch,
        arms: { ...epoch.arms, calm: { kind: "rate", n: 6_000, conversions: 610 } as const },
      })),
    })),
  });
  expect(contradictionsOf(three)).toEqual([]);
  const withControl = (fault: Partial<ArmResult>) => ({
    ...three,
    metrics: three.metrics.map((metric) => ({
      ...metric,
      arms: metric.arms.map((arm) => (arm.variant === "control" ? { ...arm, ...fault } : arm)),
    })),
  });
  expect(contradictionsOf(withControl({ value: 0.11, interval: null }))).toEqual([]);
  expect(contradictionsOf(withControl({ value: null, interval: null }))).toEqual([]);
  const wide = { value: 0.14, interval: { low: 0.09, high: 0.2, level: 0.95 } };
  for (const reverse of [wide, A_HIGHER_ROW])
    expect(contradictionsOf(withControl(reverse)).join("\n")).toContain("point in opposite directions");
});
