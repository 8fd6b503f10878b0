import type { SegmentResult } from "@calcom/statistics";
import { cleanup, screen, within } from "@testing-library/react";
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
