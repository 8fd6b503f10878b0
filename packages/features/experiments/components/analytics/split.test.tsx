import type { SegmentSplit, SplitResult } from "@calcom/statistics/split-types";
import { cleanup, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { StoredResult } from "../../results/types";
import { withVerdict } from "./testing/results";
import { ready, show } from "./testing/show";

afterEach(cleanup);

function aSegment(
  value: string,
  control: number,
  urgent: number,
  changes: Partial<SegmentSplit> = {},
): SegmentSplit {
  const expected = (control + urgent) / 2;
  return {
    fact: "country",
    value,
    status: "as_planned",
    p: 0.4,
    pAdjusted: 1,
    variants: [
      { variant: "urgent", observed: urgent, expected },
      { variant: "control", observed: control, expected },
    ],
    once: { method: "chi_square", statistic: 0.21, df: 1, p: 0.65 },
    ...changes,
  };
}

const off = (value: string, changes: Partial<SegmentSplit> = {}) =>
  aSegment(value, 120, 40, {
    status: "off",
    p: 1e-9,
    pAdjusted: 0.0004,
    once: { method: "chi_square", statistic: 40, df: 1, p: 2.5e-10 },
    ...changes,
  });

function withSplit(split: Partial<SplitResult>, changes: Partial<StoredResult> = {}): StoredResult {
  const result = withVerdict({ code: "keep_going", unitsToGo: 100, daysToGo: 2 });
  const { analysis } = result;
  return {
    ...result,
    analysis: analysis && { ...analysis, split: { ...analysis.split, ...split } },
    ...changes,
  };
}

const panel = () => screen.getByRole("region", { name: "Verdict" });
const rows = () => within(within(panel()).getByRole("table")).getAllByRole("row").slice(1);

describe("the split", () => {
  test("has the p that is valid at any look, and the chi-square of one look beside it", () => {
    show(ready(withSplit({ p: 0.03, once: { method: "chi_square", statistic: 5.61, df: 2, p: 0.06 } })));
    expect(panel().textContent).toContain(
      "planned 50% / 50%: p\u00a0=\u00a00.03, always valid. Fixed-sample test: chi-square 5.61, 2 degrees of freedom, p\u00a0=\u00a00.06.",
    );
  });

  test.each([
    [{ method: "exact", p: 0.2 }, "Fixed-sample test: exact, p\u00a0=\u00a00.2."],
    [{ method: null, reason: "too_few_units" }, "Fixed-sample test: too few participants for chi-square."],
  ] as const)("%o is said in words", (once, text) => {
    show(ready(withSplit({ once })));
    expect(panel().textContent).toContain(text);
  });

  test("by segment names those that are off first, with what was found and planned, each after its name", () => {
    show(
      ready(withSplit({ bySegment: [aSegment("AT", 51, 49), off("DE"), off("FR", { pAdjusted: 0.0001 })] })),
    );
    expect(rows().map((row) => row.textContent)).toEqual([
      "countryFRmismatchActual120 / 40Planned80 / 80Adjusted p< 0.001Fixed-sample test: chi-square 40, 1 degree of freedom, p\u00a0<\u00a00.001.",
      "countryDEmismatchActual120 / 40Planned80 / 80Adjusted p< 0.001Fixed-sample test: chi-square 40, 1 degree of freedom, p\u00a0<\u00a00.001.",
      "countryATActual51 / 49Planned50 / 50Adjusted p> 0.99Fixed-sample test: chi-square 0.21, 1 degree of freedom, p\u00a0=\u00a00.65.",
    ]);
  });

  test("of a segment that is off stands beside a verdict that holds for all subjects", () => {
    show(ready(withSplit({ bySegment: [off("DE"), off("FR")] })));
    expect(panel().textContent).toContain("Inconclusive so far");
    expect(panel().textContent).toContain(
      "Sample ratio mismatch in country: DE: 75% / 25% instead of 50% / 50% (p\u00a0<\u00a00.001). Also in country: FR.",
    );
    expect(panel().textContent).toContain("The overall split is as planned");
  });

  test.each([
    [["FR", "IT"], "Also in country: FR and country: IT."],
    [["FR", "IT", "PL"], "Also in country: FR, country: IT, and country: PL."],
    [["FR", "IT", "PL", "ES"], "Also in 4 other segments, among them country: FR, country: IT, country: PL."],
  ])("names the other segments that are off, all of them up to three: %j", (others, text) => {
    show(ready(withSplit({ bySegment: [off("DE"), ...others.map((value) => off(value))] })));
    expect(panel().textContent).toContain(text);
  });

  const withAlarm = (changes: Partial<SplitResult>): StoredResult => {
    const variants = [
      { variant: "urgent", observed: 2_400, expected: 2_749.6 },
      { variant: "control", observed: 3_100, expected: 2_750.4 },
    ];
    const verdict = { code: "split_is_off", p: 1e-9, variants } as const;
    const result = withSplit({ status: "off", variants, ...changes });
    return { ...result, analysis: result.analysis && { ...result.analysis, verdict } };
  };

  test("says beside its figures up to when they go, and the live counts that they go further", () => {
    show(ready(withAlarm({})));
    const beside = within(panel()).getAllByText(/Later arrivals are only in the live counts\.$/);
    expect(beside).toHaveLength(2);
    // The end of the last day, not the time of the recount.
    for (const { textContent } of beside) expect(textContent).toMatch(/^As of 5 Nov 2026, \d\d:00/);
    // The same moment stands above, beside the time of the recount.
    screen.getByText(/^As of 5 Nov 2026, \d\d:00 \S+ · Updated/);
    expect(screen.getByRole("region", { name: "Counts by variant" }).textContent).toMatch(
      /^Counts by variantLive counts, no statistics\. The results are as of 5 Nov 2026, \d\d:00/,
    );
  });

  test("that is off says by how many, control first, and what to check, and folds its tests alone", () => {
    show(ready(withAlarm({})));
    expect(rows().map((row) => [...row.children].map(({ textContent }) => textContent))).toEqual([
      ["control", "3,100", "2,750", "+350"],
      ["urgent", "2,400", "2,750", "−350"],
    ]);
    const checks = within(panel()).getByText("Were rows deleted or added by hand?");
    expect(checks.closest("details")).toBeNull();
    const folded = within(panel())
      .getByText(/^Actual .*, always valid/)
      .closest("details");
    expect(folded?.open).toBe(false);
    expect(folded?.querySelector("summary")?.textContent).toBe("How participants are split");
  });

  test("of a segment says where an alarm over all comes from", () => {
    show(ready(withAlarm({ bySegment: [off("DE")] })));
    expect(panel().textContent).toContain("don’t trust these results");
    expect(panel().textContent).toContain("Sample ratio mismatch in country: DE");
    expect(panel().textContent).not.toContain("The overall split is as planned");
  });

  test("says that nothing is known of subjects, how many values are too small, and nothing in older results", () => {
    show(ready(withSplit({ bySegment: [] })));
    expect(panel().textContent).toContain("No segment data");
    cleanup();
    const smallSegments = [{ fact: "country", values: 34, subjects: 210 }];
    show(ready(withSplit({ bySegment: [aSegment("AT", 51, 49)] }, { smallSegments })));
    expect(panel().textContent).toContain("country: 34 infrequent values (210 users in all) aren’t tested.");
    cleanup();
    show(ready(withSplit({})));
    expect(panel().textContent).not.toContain("No segment data");
  });

  test("is shown where there is no metric, and nothing else is", () => {
    const result = withSplit({ bySegment: [off("DE")] }, { metrics: [] });
    const { analysis } = result;
    const verdict = { code: "no_answer", reason: { code: "no_primary_metric" } } as const;
    show(
      ready(
        { ...result, analysis: analysis && { ...analysis, metrics: [], verdict } },
        { figures: "withheld" },
      ),
    );
    expect(panel().textContent).toContain("Sample ratio mismatch in country: DE");
    expect(panel().textContent).not.toContain("No verdict");
    expect(screen.queryByText("Segments")).toBeNull();
  });

  test("cuts a value of any length where it stands in a sentence, and has it whole in the table", () => {
    const long = "x".repeat(500);
    show(ready(withSplit({ bySegment: [off(long)] })));
    expect(panel().textContent).toContain(`country: ${"x".repeat(39)}…:`);
    expect(rows()[0]?.textContent).toContain(long);
  });
});
