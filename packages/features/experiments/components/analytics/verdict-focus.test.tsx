import type { Verdict } from "@calcom/statistics";
import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { NOT_DEFINED } from "../../metrics/faults";
import type { StoredResult } from "../../results/types";
import { verdictWordOf } from "../../results/verdict-word";
import { aLook } from "./charts/testing/results";
import { withVerdict } from "./testing/results";
import { ready, show } from "./testing/show";
import { anEffect, EVERY_VERDICT } from "./testing/verdicts";
import { focusOf, isDecidable } from "./verdict-focus";
import { verdictTones } from "./verdict-states";

afterEach(cleanup);

const harm: Verdict = {
  code: "guardrail_worse",
  effect: anEffect({ metric: "bookings", low: -0.3, high: -0.1 }),
};

/** Of which a guardrail is harmed, with what charts draw of it. */
function harmed(kind: "mean" | "ratio"): StoredResult {
  const result = withVerdict(harm);
  const bookings: StoredResult["metrics"][number] = {
    key: "bookings",
    name: "Bookings",
    role: "guardrail",
    kind,
    version: "1",
    epochs: [],
  };
  const novelty = result.novelty.map((row) => ({ ...row, metric: "bookings" }));
  return {
    ...result,
    metrics: [...result.metrics, bookings],
    series: { ...result.series, effects: [...result.series.effects, aLook(2, { metric: "bookings" })] },
    novelty: kind === "ratio" ? result.novelty : [...result.novelty, ...novelty],
  };
}

const headings = () => screen.getAllByRole("heading").map(({ textContent }) => textContent);

describe("what the verdict is about", () => {
  test.each(EVERY_VERDICT)("is a metric and a variant that it names, or nothing: %s", (_, verdict) => {
    const focus = focusOf(withVerdict(verdict));
    if (focus !== null) expect(JSON.stringify(verdict)).toContain(`"variant":"${focus.variant}"`);
  });

  test("is what lift over time and novelty open with, as a harmed guardrail", () => {
    show(ready(harmed("mean")));
    expect(headings()).toContain("Lift over time: Bookings");
    expect(headings()).toContain("Novelty check: Bookings");
  });

  test("is said to be missing where there is nothing of it to draw", () => {
    const { container } = show(ready(harmed("ratio")));
    expect(headings()).toContain("Novelty check: Upgrade");
    expect(container.textContent).toContain(
      "Not available for Bookings, the metric that the verdict is based on.",
    );
  });
});

describe("the verdict leads to the conclusion", () => {
  const button = () => screen.queryByRole("button", { name: "Conclude experiment…" });

  test.each(EVERY_VERDICT)("as soon as it can be decided by, and not before: %s", (_, verdict) => {
    const result = withVerdict(verdict);
    show(ready(result), {}, true, undefined, { onConclude: vi.fn() });
    expect(button() !== null).toBe(isDecidable(verdictWordOf(result)));
  });

  test.each(EVERY_VERDICT)("as the first thing to do only where something is settled: %s", (_, verdict) => {
    const result = withVerdict(verdict);
    show(ready(result), {}, true, undefined, { onConclude: vi.fn() });
    const isFirst = button()?.className.includes("bg-primary-solid") ?? false;
    const word = verdictWordOf(result);
    expect(isFirst).toBe(isDecidable(word) && ["good", "bad", "settled"].includes(verdictTones[word]));
  });

  test("for those who may conclude, and for nobody else", () => {
    const onConclude = vi.fn();
    show(ready(withVerdict(harm)), {}, true, undefined, { onConclude });
    fireEvent.click(button() ?? expect.fail());
    expect(onConclude).toHaveBeenCalledOnce();
    cleanup();
    show(ready(withVerdict(harm)), {}, false, undefined, { onConclude });
    expect(button()).toBeNull();
  });
});

describe("a metric that can’t be measured", () => {
  const lost = { key: "refunds", name: "Refunds", role: "secondary" as const, fault: NOT_DEFINED };

  test("has a section with the reason, and leads to the setup", () => {
    const onOpenSetup = vi.fn();
    show(ready({ ...withVerdict(harm), unmeasured: [lost] }), {}, true, undefined, { onOpenSetup });
    const section = screen.getByRole("region", { name: "Refunds" });
    expect(section.textContent).toContain("Can’t be measured: no code defines it");
    fireEvent.click(screen.getAllByRole("button", { name: "Open setup" }).at(-1) ?? expect.fail());
    expect(onOpenSetup).toHaveBeenCalledOnce();
  });

  test("has it while nothing is compared, too", () => {
    const result = { ...withVerdict({ code: "no_answer", reason: { code: "no_plan" } }), unmeasured: [lost] };
    show(ready(result, { figures: "withheld" }));
    expect(screen.getByRole("region", { name: "Refunds" })).toBeTruthy();
  });
});
