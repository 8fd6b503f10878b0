import type { Effect, Verdict } from "@calcom/statistics";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { ExperimentVerdict } from "../ExperimentVerdict";
import { renderInEnglish } from "../testing/in-english";
import { aCompared, aMeasuredResult, withVerdict } from "./testing/results";
import { ready, show, verdictText } from "./testing/show";
import { EVERY_VERDICT } from "./testing/verdicts";
import { type VerdictTone, verdictCard } from "./verdict-states";

afterEach(cleanup);

const effect = (changes: Partial<Effect> = {}): Effect => ({
  metric: "upgrade",
  variant: "urgent",
  scale: "lift",
  low: 0.065,
  high: 0.45,
  level: 0.95,
  pAdjusted: 0.012,
  ...changes,
});

const FIXED = { settings: { mode: "fixed", plannedSubjects: 4_000, minimumRuntimeDays: 1 } } as const;
const OVER = { status: "concluded", endedAt: "2026-11-05T00:00:00.000Z" } as const;

describe("the verdict", () => {
  const cases: [Verdict, string][] = [
    [{ code: "no_answer", reason: { code: "no_plan" } }, "No verdict"],
    [
      {
        code: "split_is_off",
        p: 0.0002,
        variants: [
          { variant: "urgent", observed: 479, expected: 500 },
          { variant: "control", observed: 521, expected: 500 },
        ],
      },
      "Not trustworthy: sample ratio mismatch, 52.1% / 47.9% instead of 50% / 50% (p\u00a0<\u00a00.001)",
    ],
    [
      { code: "too_early", unitsToGo: 3_072, conversionsToGo: 4, daysToGo: 9 },
      "Too early: 9 days and about 3,100 users to go",
    ],
    [{ code: "too_early", unitsToGo: 0, conversionsToGo: 4, daysToGo: null }, "Too early: some time to go"],
    [
      { code: "before_planned_end", unitsToGo: 12, daysToGo: 1 },
      "Hidden until the planned end: 1 day and about 12 users to go",
    ],
    [
      { code: "guardrail_worse", effect: effect({ low: -0.3, high: -0.1 }) },
      "Guardrail harmed: with urgent, Upgrade is 10.0% to 30.0% lower",
    ],
    [
      { code: "mixed", better: effect(), worse: effect({ metric: "revenue", low: null, high: -0.02 }) },
      "Upgrade is 6.5% to 45.0% higher, but Monthly revenue is at least 2.0% lower.",
    ],
    [{ code: "better", effects: [effect()] }, "urgent is better: Upgrade is 6.5% to 45.0% higher"],
    [
      {
        code: "worse",
        effects: Array.from({ length: 11 }, (_, i) => effect({ variant: `v${i}`, low: -0.2, high: -0.1 })),
      },
      "v2 is worse: Upgrade is 10.0% to 20.0% lowerSee the table for 8 more comparisons.",
    ],
    [
      { code: "better", effects: [effect({ low: 0.065, high: null })] },
      "urgent is better: Upgrade is at least 6.5% higher",
    ],
    [
      { code: "better", effects: [effect({ scale: "difference", low: 0.021, high: 0.038 })] },
      "Upgrade is 2.1 percentage points to 3.8 percentage points higher",
    ],
    [
      { code: "worse", effects: [effect({ low: -0.4, high: -0.1 })] },
      "urgent is worse: Upgrade is 10.0% to 40.0% lower",
    ],
    [
      { code: "no_longer_clear", effect: effect({ low: -0.01, high: 0.2 }) },
      "No longer conclusive: with urgent, Upgrade is between 1.0% lower and 20.0% higher",
    ],
    [
      { code: "no_difference_that_matters", low: -0.021, high: 0.034, minimumEffect: 0.05 },
      "No meaningful difference: Upgrade is between 2.1% lower and 3.4% higher",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: -0.2, high: 0.18 },
      "Inconclusive: lift in Upgrade of −20.0% to +18.0%",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: null, high: 0.18 },
      "Inconclusive: lift in Upgrade of at most +18.0%",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: -0.2, high: null },
      "Inconclusive: lift in Upgrade of at least −20.0%",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: null, high: null },
      "but there is no clear difference in Upgrade.",
    ],
    [
      { code: "keep_going", unitsToGo: 3_400, daysToGo: 12 },
      "Inconclusive so far: 12 days and about 3,400 users to go",
    ],
  ];

  test.each(cases)("%o is said in words", (verdict, sentence) => {
    show(ready(withVerdict(verdict)));
    expect(verdictText()).toContain(sentence);
  });

  test.each([
    ["good", { code: "better", effects: [effect()] }],
    ["bad", { code: "worse", effects: [effect({ low: -0.4, high: -0.1 })] }],
    ["settled", { code: "no_difference_that_matters", low: -0.02, high: 0.03, minimumEffect: 0.05 }],
    ["open", { code: "keep_going", unitsToGo: 9, daysToGo: 3 }],
  ] as const)("has the sign of what is %s, on the page and in the dialog that concludes", (tone, verdict) => {
    const result = withVerdict(verdict as Verdict);
    show(ready(result));
    const panel = screen.getByRole("region", { name: "Verdict" });
    expect(panel.querySelector("[data-tone]")?.getAttribute("data-tone")).toBe(tone);
    const [title] = [...panel.querySelectorAll("p")].map(({ textContent }) => textContent ?? "-");
    cleanup();
    renderInEnglish(<ExperimentVerdict state={ready(result)} />);
    const status = screen.getByRole("status");
    expect(status.textContent).toContain(title);
    expect(status.querySelector("[data-tone]")?.getAttribute("data-tone")).toBe(tone);
  });

  test("is not in that dialog before anything was counted", () => {
    renderInEnglish(<ExperimentVerdict state={ready(null)} />);
    expect(screen.queryByRole("status")).toBeNull();
  });
});

test("an unclear result of several variants names no range that is the effect of none of them", () => {
  const result = withVerdict({ code: "no_clear_difference", scale: "lift", low: -0.2, high: 0.18 });
  for (const { comparisons } of result.analysis?.metrics ?? [])
    comparisons.push(aCompared({ variant: "calm", outcome: "unclear" }));
  show(ready(result));
  expect(verdictText()).toContain("none of the 2 variants shows a clear difference in Upgrade.");
  expect(verdictText()).not.toContain("20.0%");
});

test("an unclear result has the range of the table in its headline, also where it is a difference", () => {
  const measured = aMeasuredResult(aCompared({ outcome: "unclear", isSignificant: false }));
  const [comparison] = measured.analysis?.metrics[0]?.comparisons ?? [];
  if (comparison?.status !== "compared" || measured.analysis === null)
    throw new Error("The fixture compares.");
  const titleOf = (verdict: Verdict) => {
    cleanup();
    show(ready({ ...measured, analysis: measured.analysis && { ...measured.analysis, verdict } }));
    return verdictText();
  };
  const { low = null, high = null } = comparison.lift.interval ?? {};
  const title = titleOf({ code: "no_clear_difference", scale: "lift", low, high });
  const [, from, to] = /of (\S+) to (\S+%)/.exec(title) ?? [];
  expect(screen.getByRole("region", { name: "Upgrade" }).textContent).toContain(`${from} to ${to}`);
  expect(titleOf({ code: "no_clear_difference", scale: "difference", low: -0.004, high: 0.046 })).toContain(
    "Inconclusive: difference in Upgrade of −0.4 pp to +4.6 pp",
  );
});

describe("what was not found has a next step", () => {
  const unclear: Verdict = { code: "no_clear_difference", scale: "lift", low: -0.2, high: 0.18 };
  const faded: Verdict = { code: "no_longer_clear", effect: effect({ low: -0.01, high: 0.2 }) };
  test.each([
    [
      "sequential",
      unclear,
      {},
      "Keep it running for a narrower interval, or conclude it with “No meaningful difference”.",
    ],
    ["fixed", unclear, FIXED, "Conclude the experiment with “No meaningful difference”, or run it again"],
    ["over", unclear, OVER, "To find a smaller effect, run it again with a larger target sample size."],
    [
      "not reached yet",
      { code: "keep_going", unitsToGo: 9, daysToGo: 3 },
      {},
      "Keep the experiment running until they do.",
    ],
    [
      "found earlier",
      faded,
      {},
      "Keep the experiment running until the result is clear again, or conclude without a winner.",
    ],
  ] as const)("in words, where the plan is %s", (_, verdict, changes, next) => {
    show(ready({ ...withVerdict(verdict), ...changes }));
    expect(verdictText()).toContain(next);
  });

  test("but nobody is told to go on with what is over", () => {
    for (const verdict of [unclear, faded]) {
      show(ready({ ...withVerdict(verdict), ...OVER }));
      expect(verdictText()).not.toMatch(/Go on|Keep|[Cc]onclude/);
      cleanup();
    }
  });
});

const ALL: readonly VerdictTone[] = ["good", "bad", "doubt", "settled", "open"];

test("a card has the tint of its tone, and no other, wherever a verdict is said", () => {
  const tints = ALL.map(verdictCard);
  expect(new Set(tints.filter((tint) => tint !== "")).size).toBe(3);
  for (const [, verdict] of EVERY_VERDICT) {
    const result = withVerdict(verdict);
    show(ready(result));
    const panel = screen.getByRole("region", { name: "Verdict" });
    const tone = panel.querySelector("[data-tone]")?.getAttribute("data-tone");
    const tint = verdictCard(ALL.find((one) => one === tone) ?? "open");
    expect(isTintedAs(panel, tint)).toBe(true);
    cleanup();
    renderInEnglish(<ExperimentVerdict state={ready(result)} />);
    expect(isTintedAs(screen.getByRole("status"), tint)).toBe(true);
    cleanup();
  }
});

function isTintedAs({ className }: Element, tint: string): boolean {
  const tints = /(?:border|bg)-(?:success|warning|destructive)-\w+/g;
  return (className.match(tints) ?? []).sort().join() === (tint.match(tints) ?? []).sort().join();
}
