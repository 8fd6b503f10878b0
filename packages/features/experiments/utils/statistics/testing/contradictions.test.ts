import { expect, test } from "vitest";
import { analyseExperiment } from "../experiment";
import type { Compared, ExperimentResult } from "../results-types";
import { contradictionsOf } from "./contradictions";
import { twoArms } from "./scenarios";

const result = analyseExperiment({
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
});

/** The result with a fault in its only comparison. */
function planted(fault: Partial<Compared>): ExperimentResult {
  const metrics = result.metrics.map((metric) => ({
    ...metric,
    comparisons: metric.comparisons.map((one) => (one.status === "compared" ? { ...one, ...fault } : one)),
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
