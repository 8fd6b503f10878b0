import type { Comparison, MetricResult, Verdict, WithheldReason } from "@calcom/statistics";
import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { judgeHealth } from "../../results/health";
import type { StoredResult } from "../../results/types";
import { doors } from "./testing/doors";
import { aCompared, withVerdict } from "./testing/results";
import { ready, show, showWithPaths, verdictText } from "./testing/show";

afterEach(cleanup);

const WAITS: WithheldReason[] = [
  { code: "too_few_days", days: 3, needed: 7 },
  { code: "too_few_units", variant: "urgent", units: 12, needed: 30 },
  { code: "too_few_conversions", conversions: 3, needed: 10 },
  { code: "no_data", variant: "urgent" },
];
const LASTS: WithheldReason[] = [
  { code: "too_few_failures", failures: 4, needed: 10 },
  { code: "no_common_epoch", variant: "urgent" },
  { code: "zero_denominator", variant: "urgent" },
  { code: "denominator_near_zero", variant: "urgent" },
  { code: "no_variation" },
  { code: "no_variation_within", variant: "urgent" },
  { code: "no_variation_left" },
];
const effect = { metric: "upgrade", variant: "urgent", scale: "lift", level: 0.95, pAdjusted: 0.01 } as const;
const BETTER: Verdict = { code: "better", effects: [{ ...effect, low: 0.1, high: 0.4 }] };
const WORSE: Verdict = { code: "worse", effects: [{ ...effect, low: -0.4, high: -0.1 }] };
const openFor = (reason: WithheldReason): Verdict => ({
  code: "no_answer",
  reason: { code: "guardrail_not_compared", metric: "refunds", variant: "urgent", reason },
});

/** With a guardrail that has this comparison. */
function withGuardrail(
  verdict: Verdict,
  comparison: Comparison,
  changes: Partial<StoredResult> = {},
): StoredResult {
  const result = withVerdict(verdict);
  const { analysis } = result;
  if (analysis === null) throw new Error("The result has no analysis.");
  const [primary] = analysis.metrics;
  const refunds: MetricResult = {
    ...(primary as MetricResult),
    metric: { id: "refunds", kind: "ratio", direction: "decrease", role: "guardrail", minimumEffect: null },
    comparisons: [comparison],
  };
  const status = comparison.status === "compared" ? ("unclear" as const) : ("withheld" as const);
  return {
    ...result,
    metrics: [
      ...result.metrics,
      { key: "refunds", name: "Refunds", role: "guardrail", kind: "ratio", version: "1", epochs: [] },
    ],
    unmeasured: [],
    analysis: {
      ...analysis,
      metrics: [...analysis.metrics, refunds],
      guardrails: [{ metric: "refunds", variant: "urgent", status }],
    },
    ...changes,
  };
}
const withheld = (reason: WithheldReason): Comparison => ({ status: "withheld", variant: "urgent", reason });

const SAFE = /safe to act on|Final: read once/i;
const WHY = "The guardrail Refunds hasn’t been compared: ";

describe.each([
  ...WAITS.map((reason) => ({
    reason,
    advice: "Don’t act on these results until the guardrail has been compared.",
  })),
  ...LASTS.map((reason) => ({
    reason,
    advice: "Check that this metric’s data is recorded for every variant.",
  })),
])("while a guardrail isn’t compared ($reason.code)", ({ reason, advice }) => {
  test.each([
    ["what the engine says of it", openFor(reason)],
    ["a variant that is worse", WORSE],
    ["a result that was stored before guardrails were asked", BETTER],
  ])("no door calls anything safe, and each says why and what to do: %s", (_, verdict) => {
    const result = withGuardrail(verdict, withheld(reason));
    for (const said of doors(result)) {
      expect(said).not.toMatch(SAFE);
      expect(said).toContain(WHY);
      expect(said).toContain(advice);
      expect(said).toMatch(/you can conclude without (it|this metric)/);
    }
  });

  test("the list says so in a word", () => {
    const result = withGuardrail(openFor(reason), withheld(reason));
    expect(judgeHealth({ result, isAsked: true }).verdict).toBe("unguarded");
  });

  test("once it is over, nobody is told to wait", () => {
    const endedAt = "2026-11-20T09:00:00.000Z";
    const over = { status: "concluded", endedAt, look: endedAt } as const;
    for (const said of doors(withGuardrail(openFor(reason), withheld(reason), over))) {
      expect(said).toContain(WHY);
      expect(said).toContain("It won’t be compared anymore. If you decide without it, say so");
      expect(said).not.toContain(advice);
    }
  });
});

test("it is safe again as soon as the guardrail is compared, whether harm is excluded or not", () => {
  for (const said of doors(withGuardrail(BETTER, aCompared({ outcome: "unclear" }))))
    expect(said).toMatch(SAFE);
});

const CHECK = "Check that this metric’s data is recorded for every variant.";

/** How often a text says something. */
const timesIn = (text: string, what: string) => text.split(what).length - 1;

test.each([
  ["refunds", { code: "no_variation" }, CHECK],
  ["refunds", { code: "too_few_conversions", conversions: 0, needed: 10 }, CHECK],
  ["refunds", { code: "too_few_days", days: 3, needed: 7 }, null],
  [
    "event:refunded",
    { code: "no_variation" },
    "Check that the code for every variant reports refunded with trackConversion.",
  ],
] as const)(
  "of the only guardrail %s without figures for %j is said once what to check",
  (key, reason, text) => {
    const result = withGuardrail(openFor(reason), withheld(reason));
    const renamed = JSON.parse(JSON.stringify(result).replaceAll('"refunds"', JSON.stringify(key)));
    if (key !== "refunds") renamed.metrics = renamed.metrics.slice(0, -1);
    show(ready(renamed));
    expect(timesIn(verdictText(), "Check that")).toBe(text === null ? 0 : 1);
    if (text !== null) expect(verdictText()).toContain(text);
  },
);

test("the verdict has a title of its own, and says once which guardrail it is; what was found stands in the table", () => {
  for (const verdict of [openFor({ code: "no_variation" }), WORSE]) {
    showWithPaths(withGuardrail(verdict, withheld({ code: "no_variation" })));
    expect(timesIn(verdictText(), "Refunds")).toBe(1);
    expect(timesIn(verdictText(), "compared")).toBe(verdict === WORSE ? 1 : 2);
    expect(verdictText()).toContain(WHY);
    const panel = within(screen.getByRole("region", { name: "Verdict" }));
    expect(panel.getByRole("link", { name: "Open the metric" })).toBeTruthy();
    expect(screen.getByRole("region", { name: "Upgrade" }).textContent).toContain("better");
    cleanup();
  }
});

test("beside another guardrail, each is named with its state, and what to check is said once all the same", () => {
  const result = withGuardrail(openFor({ code: "no_variation" }), withheld({ code: "no_variation" }));
  const { analysis } = result;
  if (analysis === null) throw new Error("The result has no analysis.");
  const guardrails = [
    ...analysis.guardrails,
    { metric: "spent", variant: "urgent", status: "fine" as const },
  ];
  show(ready({ ...result, analysis: { ...analysis, guardrails } }));
  expect(verdictText()).toContain("No meaningful harm to 1 of 2 guardrails · Refunds not compared");
  expect(timesIn(verdictText(), CHECK)).toBe(1);
});
