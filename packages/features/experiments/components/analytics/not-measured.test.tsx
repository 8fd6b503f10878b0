import type { Verdict } from "@calcom/statistics";
import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import { faultOfQuery, NOT_DEFINED, REDEFINED, TOO_SLOW } from "../../metrics/faults";
import type { UnmeasuredMetric } from "../../metrics/planned";
import { paths } from "../testing/experiments";
import { doors } from "./testing/doors";
import { withVerdict } from "./testing/results";
import { ready, show, showWithPaths, verdictText } from "./testing/show";

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
      ["the guardrail Refunds can’t be measured", "Reason: no code defines it."],
    ],
    ["a variant that is worse", { ...withVerdict(worse), unmeasured: [lost("guardrail")] }, [WHY]],
  ])("no door calls anything safe, and each says why: %s", (_, result, why) => {
    for (const said of doors(result)) {
      expect(said).not.toMatch(SAFE);
      for (const sentence of why) expect(said).toContain(sentence);
    }
  });

  test.each([noAnswer("guardrail"), worse])("the verdict names the only one once: $code", (verdict) => {
    show(ready({ ...withVerdict(verdict), unmeasured: [lost("guardrail")] }));
    expect(verdictText().split("Refunds can’t be measured")).toHaveLength(2);
    expect(verdictText().split("no code defines it")).toHaveLength(2);
    expect(verdictText()).not.toContain("Refunds: ");
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
    const spent = { ...lost("guardrail"), key: "spent", name: "Spent" };
    show(ready({ ...withVerdict(worse), unmeasured: [lost("guardrail"), spent] }));
    expect(verdictText()).toContain("Guardrails: Refunds can’t be measured · Spent can’t be measured");
  });

  test.each([
    [NOT_DEFINED, "Restore the definition of refunds in code and deploy it. Open metrics", paths.metrics],
    [REDEFINED, "duplicate the experiment. Open the metric", paths.metric("refunds")],
    [TOO_SLOW, "or add an index to the columns that it reads. Open the metric", paths.metric("refunds")],
    [faultOfQuery("42703"), "Correct its definition, then refresh the results.", paths.metric("refunds")],
  ])("how to mend it stands beside it, with the way there: %j", (fault, text, href) => {
    const result = { ...withVerdict(noAnswer("guardrail")), unmeasured: [{ ...lost("guardrail"), fault }] };
    showWithPaths(result);
    const panel = screen.getByRole("region", { name: "Verdict" });
    expect(panel.textContent).toContain(text);
    const link = within(panel).getByRole("link", { name: /^Open (the metric|metrics)$/ });
    expect(link.getAttribute("href")).toBe(href);
    // Its own section says why, and leaves the rest to the verdict; of another one, that says it all.
    const section = () => screen.getByRole("region", { name: "Refunds" });
    expect(within(section()).queryByRole("link")).toBeNull();
    cleanup();
    showWithPaths({ ...withVerdict(better), unmeasured: [{ ...lost("secondary"), fault }] });
    expect(section().textContent).toContain(text);
    expect(within(section()).getByRole("link").getAttribute("href")).toBe(href);
  });

  test("nothing is to be mended once it is over", () => {
    const over = { status: "concluded" as const, endedAt: "2026-11-20T09:00:00.000Z" };
    show(ready({ ...withVerdict(worse), ...over, unmeasured: [lost("guardrail")] }));
    expect(verdictText()).not.toContain("Restore the definition");
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
