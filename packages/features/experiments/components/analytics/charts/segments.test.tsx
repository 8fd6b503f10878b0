import type { SegmentResult } from "@calcom/statistics";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test } from "vitest";
import type { StoredResult } from "../../../results/types";
import { renderInEnglish } from "../../testing/in-english";
import { SegmentsTable } from "../charts";
import { countQuestions } from "./segment-questions";
import { aResult, aSegment } from "./testing/results";

afterEach(cleanup);

const aTest = (fact: string, value: string, changes: Partial<SegmentResult> = {}): SegmentResult => ({
  fact,
  value,
  variant: "urgent",
  lift: null,
  p: 0.3,
  pAdjusted: 1,
  isDifferent: false,
  ...changes,
});

const COUNTRIES = ["DE", "US", "GB", "FR"].map((value) => aTest("country", value));
const PLANS = ["individual", "teams"].map((value) => aTest("plan", value));

function show(segmentTests: SegmentResult[], changes: Partial<StoredResult> = {}) {
  const segments = segmentTests.map(({ fact, value }) => aSegment(fact, value));
  renderInEnglish(<SegmentsTable result={aResult({ segments, segmentTests, ...changes })} />);
  return screen.getByRole("region", { name: /^Segments/ });
}

describe("the number of comparisons", () => {
  test("is explained where it is not that of the rows: two rows of an attribute are one comparison", () => {
    const region = show([...COUNTRIES, ...PLANS]);
    within(region).getByText(/segments: 5 comparisons, Holm-corrected and always valid\./);
    within(region).getByText("Plan has only two rows, which make just one comparison.");
    const rows = within(region).getAllByRole("row", { name: /\d users/ });
    expect(rows).toHaveLength(6);
  });

  test("needs no explanation where each row is one", () => {
    expect(show(COUNTRIES).textContent).not.toMatch(/rows?\b/);
  });

  test("counts every variant, and says so", () => {
    const region = show([...COUNTRIES, ...COUNTRIES.map((one) => ({ ...one, variant: "calm" }))], {
      segments: COUNTRIES.map(({ fact, value }) => aSegment(fact, value)),
      variants: ["control", "urgent", "calm"],
    });
    within(region).getByText(/: 8 comparisons/);
    within(region).getByText("Every comparison is made for each of 2 variants.");
  });

  test("does not wait for the only row of an attribute, which has nothing to be compared with", () => {
    const region = show([...COUNTRIES, aTest("locale", "de", { p: null })]);
    within(region).getByText(/: 4 comparisons/);
    within(region).getByText("locale has only one row, so there is nothing to compare it with.");
    expect(region.textContent).not.toContain("still");
  });

  test.each([
    ["of three rows of which one has too few, two were made", 3, 1, { made: 2, missing: 1 }],
    ["of two rows with too few, one is missing", 2, 2, { made: 0, missing: 1 }],
  ])("%s", (_what, rows, few, counted) => {
    const tests = Array.from({ length: rows }, (_, index) =>
      aTest("plan", `value-${index}`, index < few ? { p: null } : {}),
    );
    expect(countQuestions(tests)).toEqual(counted);
  });
});

test("beside other metrics it is said that only the primary metric has segments", () => {
  const said = "Only the primary metric is analyzed by segment, not secondary metrics or guardrails.";
  within(show(COUNTRIES)).getByText(said);
  cleanup();
  const alone = show(COUNTRIES, { metrics: aResult().metrics.slice(0, 1) });
  expect(within(alone).queryByText(said)).toBeNull();
});

test("where there are no segments, the reason is the true one", () => {
  const none = { segments: [], segmentTests: [] };
  within(show([], { ...none, metrics: aResult().metrics.slice(1) })).getByText(
    "Segments need a primary metric: only that is analyzed by segment.",
  );
  cleanup();
  const region = show([], { ...none, smallSegments: [{ fact: "email", values: 40, subjects: 60 }] });
  within(region).getByText("Too few participants or conversions to compare segments yet.");
  within(region).getByText("email: 40 infrequent values (60 users in all) aren’t tested.");
});

const LIFT = { value: 0.3, interval: { low: 0.1, high: 0.5, level: 0.95 }, reason: null };

describe("the lift of a segment", () => {
  test("is drawn below its figures, all on the scale that the head of their column names", () => {
    const far = { ...LIFT, value: -0.1, interval: { ...LIFT.interval, low: -0.4, high: 0.2 } };
    const region = show([aTest("country", "DE", { lift: LIFT }), aTest("country", "US", { lift: far })]);
    const [head] = within(region).getAllByRole("row");
    expect(head?.querySelectorAll("[data-slot=lift-axis]")).toHaveLength(1);
    const bars = [...region.querySelectorAll<HTMLElement>("tbody [data-slot=lift-bar]")];
    const percent = (value: string) => Math.round(Number.parseFloat(value));
    expect(bars.map(({ style }) => [percent(style.left), percent(style.width)])).toEqual([
      [60, 40],
      [10, 60],
    ]);
    // On a phone, which shows no head, once for each attribute.
    expect(region.querySelectorAll("th[scope=rowgroup] [data-slot=lift-axis]")).toHaveLength(1);
  });

  test("is not drawn where none is known", () => {
    const region = show(COUNTRIES);
    expect(region.querySelector("[data-slot=lift-axis], [data-slot=lift-bar]")).toBeNull();
  });
});

describe("of many variants", () => {
  const names = ["control", "urgent", "calm", "short", "with-a-longer-name"];
  const variants = names.map((variant) => ({ variant, subjects: 100, converted: 20, mean: 0.2 }));
  const showMany = (count: number) =>
    show([aTest("country", "DE", { lift: LIFT })], {
      segments: [aSegment("country", "DE", { variants })],
      variants: names.slice(0, count),
    });
  const heads = (region: HTMLElement) =>
    within(region)
      .getAllByRole("columnheader")
      .map(({ textContent }) => textContent);

  test("one at a time is shown beside control, chosen from a list, and all have the same scale", () => {
    const region = showMany(5);
    expect(heads(region).join()).toMatch(/^Segment,control,urgent/);
    expect(heads(region)).toHaveLength(3);
    within(region).getByRole("combobox", { name: "Variant" });
    expect(region.querySelectorAll("thead [data-slot=lift-axis]")).toHaveLength(1);
  });

  test("up to four are shown side by side", () => {
    const region = showMany(4);
    expect(heads(region)).toHaveLength(5);
    expect(within(region).queryByRole("combobox")).toBeNull();
  });
});

test("a long name of a segment is shortened, and the whole is said where it is asked for", async () => {
  const long = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
  const region = show([aTest("agent", long), aTest("agent", "short")]);
  const name = within(region).getByRole("button", { name: /^Mozilla.*…$/ });
  expect(name.textContent).toHaveLength(40);
  fireEvent.focus(name);
  expect((await screen.findByRole("tooltip")).textContent).toBe(long);
  within(region).getByRole("rowheader", { name: "short" });
});

describe("a segment whose split is off", () => {
  const lift = { value: 0.3, interval: { low: 0.1, high: 0.5, level: 0.95 }, reason: null };
  const tests = COUNTRIES.map((one, place) => ({ ...one, lift, isDifferent: place === 0 }));
  const { analysis } = aResult();
  const off = {
    fact: "country",
    value: "DE",
    status: "off" as const,
    p: 1e-9,
    pAdjusted: 1e-9,
    variants: [],
    once: { method: null, reason: "too_few_units" as const },
  };
  const split = analysis && { ...analysis, split: { ...analysis.split, bySegment: [off] } };

  test("is named as one, tells how many there are, and compares nothing", () => {
    const region = show(tests, { analysis: split });
    const row = within(region).getByRole("row", { name: /^DE/ });
    expect(row.textContent).toContain("Sample ratio mismatch: not compared");
    expect(row.textContent).not.toContain("%");
    expect(row.textContent).toMatch(/\d users/);
    expect(within(region).getByRole("row", { name: /^US/ }).textContent).toContain("lift +30.0%");
    expect(region.textContent).not.toContain("differs in country: DE");
    within(region).getByText(/^The effect differs only in segments with a sample ratio mismatch/);
  });

  test("differs as any other as long as it is not", () => {
    expect(show(tests).textContent).toContain("differs in country: DE");
  });
});
