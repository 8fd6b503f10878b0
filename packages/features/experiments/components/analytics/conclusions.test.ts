import type { Effect, GuardrailResult, MetricRole, Verdict } from "@calcom/statistics";
import { describe, expect, test } from "vitest";
import { conclusionOf } from "./conclusions";

const effect: Effect = {
  metric: "m",
  variant: "urgent",
  scale: "lift",
  low: -0.1,
  high: 0.1,
  level: 0.95,
  pAdjusted: 0.04,
};
const keepGoing: Verdict = { code: "keep_going", unitsToGo: 9, daysToGo: 3 };
const settled: Verdict = { code: "no_difference_that_matters", low: -0.01, high: 0.02, minimumEffect: 0.05 };
const unclear: Verdict = { code: "no_clear_difference", scale: "lift", low: -0.1, high: 0.1 };
const faded: Verdict = { code: "no_longer_clear", effect };

function concluded(
  role: MetricRole,
  outcome: "better" | "worse" | "unclear",
  verdict: Verdict = keepGoing,
  {
    status,
    isSignificant = outcome !== "unclear",
  }: { status?: GuardrailResult["status"]; isSignificant?: boolean } = {},
) {
  const metric = { id: "m", kind: "rate", direction: "increase", role, minimumEffect: 0.05 } as const;
  const guardrails = status === undefined ? [] : [{ metric: "m", variant: "urgent", status }];
  return conclusionOf({ verdict, guardrails }, { metric }, { variant: "urgent", outcome, isSignificant });
}

describe("a primary metric's row", () => {
  test.each([
    ["within the minimum effect", "unclear", settled, "no_difference"],
    ["inconclusive", "unclear", unclear, "no_clear_difference"],
    ["no longer conclusive", "unclear", faded, "no_longer_clear"],
    ["keep going", "unclear", keepGoing, "undecided"],
    ["better", "better", { code: "better", effects: [effect] }, "better"],
    ["worse", "worse", { code: "worse", effects: [effect] }, "worse"],
  ] as const)("says with the verdict: %s", (_words, outcome, verdict, conclusion) => {
    expect(concluded("primary", outcome, verdict as Verdict)).toBe(conclusion);
  });

  test("of another variant than the one that faded is not decided", () => {
    const other: Verdict = { ...faded, effect: { ...effect, variant: "calm" } };
    expect(concluded("primary", "unclear", other)).toBe("undecided");
  });

  test("calls nothing better that is not, once all planned comparisons are reckoned with", () => {
    expect(concluded("primary", "better", keepGoing, { isSignificant: false })).toBe("undecided");
  });
});

test.each([
  ["fine", "unclear", "within_margin"],
  ["fine", "better", "better"],
  ["worse", "worse", "worse"],
  ["unclear", "unclear", "undecided"],
] as const)(
  "a guardrail that is %s and %s is called %s, whatever the verdict",
  (status, outcome, conclusion) => {
    for (const verdict of [keepGoing, settled, unclear])
      expect(concluded("guardrail", outcome, verdict, { status })).toBe(conclusion);
  },
);

test("a secondary metric speaks for itself: the verdict is not about it", () => {
  expect(concluded("secondary", "unclear", settled)).toBe("undecided");
  expect(concluded("secondary", "better", settled)).toBe("better");
});
