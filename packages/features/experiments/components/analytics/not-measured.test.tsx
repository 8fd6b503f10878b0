import type { Verdict } from "@calcom/statistics";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { NOT_DEFINED } from "../../metrics/faults";
import type { UnmeasuredMetric } from "../../metrics/planned";
import { doors } from "./testing/doors";
import { withVerdict } from "./testing/results";
import { ready, show } from "./testing/show";

afterEach(cleanup);

const lost = (role: UnmeasuredMetric["role"]): UnmeasuredMetric => ({
  key: "refunds",
  name: "Refunds",
  role,
  fault: NOT_DEFINED,
});
const noAnswer = (role: UnmeasuredMetric["role"]): Verdict => ({
  code: "no_answer",
  reason: { code: "not_measured", metric: "refunds", role },
});
const effect = { metric: "upgrade", variant: "urgent", scale: "lift", level: 0.95, pAdjusted: 0.01 } as const;
const better: Verdict = { code: "better", effects: [{ ...effect, low: 0.1, high: 0.4 }] };
const worse: Verdict = { code: "worse", effects: [{ ...effect, low: -0.4, high: -0.1 }] };

const SAFE = /safe to act on|Final: read once/i;
const WHY = "The guardrail Refunds can’t be measured: no code defines it";

describe("while a guardrail of the plan can’t be measured", () => {
  test.each([
    [
      "what the engine says of it",
      { ...withVerdict(noAnswer("guardrail")), unmeasured: [lost("guardrail")] },
    ],
    ["a variant that is worse", { ...withVerdict(worse), unmeasured: [lost("guardrail")] }],
  ])("no door calls anything safe, and each says why: %s", (_, result) => {
    for (const said of doors(result)) {
      expect(said).not.toMatch(SAFE);
      expect(said).toContain(WHY);
    }
  });

  test("no door calls a result safe that was stored before guardrails were missed by name", () => {
    const { unmeasured: _, ...old } = { ...withVerdict(better), unmeasured: [], unknownMetrics: ["refunds"] };
    for (const said of doors(old)) {
      expect(said).not.toMatch(SAFE);
      expect(said).toContain("The guardrail refunds can’t be measured");
    }
  });

  test("a lift in its tables is not coloured as good news", () => {
    const coloured = () => document.querySelectorAll("td .text-success").length;
    show(ready(withVerdict(better)));
    expect(coloured()).toBeGreaterThan(0);
    cleanup();
    show(ready({ ...withVerdict(noAnswer("guardrail")), unmeasured: [lost("guardrail")] }));
    screen.getAllByText("+43.0%");
    expect(coloured()).toBe(0);
  });

  test("it counts among the guardrails that are not OK", () => {
    const result = { ...withVerdict(worse), unmeasured: [lost("guardrail")] };
    show(ready(result));
    const panel = screen.getByRole("region", { name: "Verdict" });
    expect(panel.textContent).toContain("0 of 1 guardrail OK · Refunds can’t be measured");
  });
});

test("without anything else that is measured, the reason is not that no metric was chosen", () => {
  const result = {
    ...withVerdict(noAnswer("primary")),
    metrics: [],
    unknownMetrics: ["refunds"],
    unmeasured: [lost("primary")],
  };
  show(ready(result));
  const panel = screen.getByRole("region", { name: "Verdict" });
  expect(panel.textContent).toContain("Refunds can’t be measured: no code defines it.");
});

test("a secondary metric that can’t be measured leaves a result safe", () => {
  const result = { ...withVerdict(better), unknownMetrics: ["refunds"], unmeasured: [lost("secondary")] };
  for (const said of doors(result)) expect(said).toMatch(SAFE);
});
