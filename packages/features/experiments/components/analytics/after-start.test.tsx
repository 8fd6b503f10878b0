import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { MetricInfo, StoredResult } from "../../results/types";
import { conclusionOf } from "./conclusions";
import { aCompared, aMeasuredResult } from "./testing/results";
import { ready, show, verdictText } from "./testing/show";

afterEach(cleanup);

type Mark = Pick<MetricInfo, "isChosenAfterStart" | "isRedefined">;

/** The primary metric, found clearly better, was not registered at the start. */
function lateResult(mark: Mark): StoredResult {
  const result = aMeasuredResult();
  const isPrimary = (key: string) => key === "upgrade";
  return {
    ...result,
    metrics: result.metrics.map((info) => (isPrimary(info.key) ? { ...info, ...mark } : info)),
    analysis: result.analysis && {
      ...result.analysis,
      verdict: { code: "no_answer", reason: { code: "chosen_after_start", metric: "upgrade" } },
      metrics: result.analysis.metrics.map((one) =>
        isPrimary(one.metric.id) ? { ...one, metric: { ...one.metric, isChosenAfterStart: true } } : one,
      ),
    },
  };
}

describe("a metric that was not registered at the start", () => {
  const cases: [Mark, string, string][] = [
    [{ isChosenAfterStart: true }, "Chosen after the start", "Upgrade (chosen after the start)"],
    [
      { isChosenAfterStart: true, isRedefined: true },
      "Redefined after the start",
      "Upgrade (redefined after the start)",
    ],
  ];

  test.each(cases)("%o is marked beside its name, in tables and in charts", (mark, badge, name) => {
    show(ready(lateResult(mark)));
    const section = screen.getByRole("region", { name: "Upgrade" });
    expect(within(section).getByText(badge)).toBeTruthy();
    expect(within(section).getAllByRole("row", { name: /^urgent/ })).not.toHaveLength(0);
    for (const chart of [/^Lift over time/, /^Novelty check/])
      expect(screen.getByRole("region", { name: chart }).textContent).toContain(name);
    expect(verdictText()).toContain("No verdict");
    expect(verdictText()).not.toContain("better");
  });

  test("leaves those that were registered without a mark", () => {
    show(ready(aMeasuredResult()));
    expect(document.body.textContent).not.toContain("after the start");
  });

  test("concludes nothing by its role: its row says what was found, as of a secondary metric", () => {
    const verdict = {
      code: "no_difference_that_matters",
      low: -0.02,
      high: 0.03,
      minimumEffect: 0.05,
    } as const;
    const metric = {
      id: "late",
      kind: "rate",
      direction: "increase",
      role: "primary",
      minimumEffect: 0.05,
      isChosenAfterStart: true,
    } as const;
    expect(conclusionOf({ verdict, guardrails: [] }, { metric }, aCompared({ outcome: "better" }))).toBe(
      "better",
    );
    const unclear = aCompared({ outcome: "unclear", isSignificant: false });
    expect(conclusionOf({ verdict, guardrails: [] }, { metric }, unclear)).toBe("undecided");
  });
});
