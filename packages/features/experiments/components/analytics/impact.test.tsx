import type { Compared } from "@calcom/statistics";
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { StoredResult } from "../../results/types";
import { VerdictNote } from "../ExperimentVerdict";
import { renderIn } from "../testing/in-english";
import { between } from "./charts/testing/results";
import { aCompared, aMeasuredResult } from "./testing/results";
import { asWithheld, ready, show, verdictText } from "./testing/show";

afterEach(cleanup);

const level = (low: number | null, high: number | null) => between(low, high) as Compared["interval"];

/** 200 users a day; the verdict is that of the comparison. */
function found(comparison: Compared, changes: Partial<StoredResult> = {}): StoredResult {
  const result = aMeasuredResult(comparison);
  const { variant, interval, lift, pAdjusted, outcome } = comparison;
  const effect = { metric: "upgrade", variant, pAdjusted, ...(lift.interval ?? interval) };
  const verdict =
    outcome === "unclear"
      ? ({ code: "keep_going", unitsToGo: 100, daysToGo: 3 } as const)
      : { code: outcome, effects: [{ ...effect, scale: "lift" as const }] };
  return {
    ...result,
    pace: { days: 14, unitsPerDay: 200, isIdle: false },
    analysis: result.analysis && { ...result.analysis, verdict },
    ...changes,
  };
}

const better = aCompared({ difference: 0.02, interval: level(0.007, 0.035) });
const worse = aCompared({ difference: -0.02, interval: level(-0.035, -0.007), outcome: "worse" });
const unclear = aCompared({ difference: 0.01, interval: level(-0.007, 0.035), outcome: "unclear" });

describe("what an effect comes to per month", () => {
  test("is said by the verdict, with its interval and at which traffic", () => {
    show(ready(found(better)));
    expect(verdictText()).toContain(
      "Impact: about 120 more conversions a month (40 to 210), at this experiment’s traffic level.",
    );
  });

  test("is fewer where it is worse, and is said where the verdict is acted on", () => {
    renderIn("en", <VerdictNote isCompared result={found(worse)} />);
    expect(screen.getByRole("status").textContent).toContain(
      "about 120 fewer conversions a month (40 to 210)",
    );
  });

  test("is written in the money of its metric, in German as well", () => {
    const result = found(aCompared({ difference: 0.2, interval: level(0.07, 0.35) }));
    const metrics = result.metrics.map((info) => ({ ...info, kind: "mean" as const, currency: "EUR" }));
    renderIn("de", <VerdictNote isCompared result={{ ...result, metrics }} />);
    expect(screen.getByRole("status").textContent).toContain(
      "Wirkung: etwa 1.200\u00a0€ mehr pro Monat (400\u00a0€ bis 2.100\u00a0€), beim Traffic dieses Experiments.",
    );
  });

  test("stands in the table of every comparison, with its sign and open sides", () => {
    show(ready(found(unclear)));
    const section = screen.getByRole("region", { name: "Upgrade" });
    expect(section.textContent).toContain("+60 a month (−40 to +210)");
    expect(verdictText()).not.toContain("a month");
    cleanup();
    show(ready(found(aCompared({ difference: 0.02, interval: level(0.007, null) }))));
    expect(screen.getByRole("region", { name: "Upgrade" }).textContent).toContain(
      "+120 a month (at least +40)",
    );
    expect(verdictText()).not.toContain("a month");
  });

  test.each([0.0004, -0.0004])("has no sign where %d rounds to nothing", (difference) => {
    show(ready(found(aCompared({ difference, interval: level(-0.05, 0.06), outcome: "unclear" }))));
    expect(screen.getByRole("region", { name: "Upgrade" }).textContent).toMatch(
      /[^+−\d]0 a month \(−300 to /,
    );
  });

  test("is said nowhere while the comparison is withheld", () => {
    const [metric] = found(better).analysis?.metrics ?? [];
    const reason = { code: "before_planned_end" as const, unitsToGo: 100, daysToGo: 3 };
    const result = found(better);
    const waiting = {
      ...result,
      analysis: result.analysis && {
        ...result.analysis,
        verdict: reason,
        metrics: metric
          ? [{ ...metric, comparisons: [{ status: "withheld" as const, variant: "urgent", reason }] }]
          : [],
      },
    };
    show(ready(asWithheld(waiting), { figures: "withheld" }));
    expect(document.body.textContent).not.toContain("a month");
  });
});
