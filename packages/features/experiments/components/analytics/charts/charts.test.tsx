import type { SegmentResult } from "@calcom/statistics";
import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import type { ReactElement } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { renderInEnglish } from "../../testing/in-english";
import { saying } from "../../testing/saying";
import { ExposuresChart, LiftOverTimeChart, NoveltyChart, SegmentsTable } from "../charts";
import { aLook, aResult, aSegment, between } from "./testing/results";

beforeEach(() => {
  vi.stubEnv("TZ", "Europe/Berlin");
  // jsdom lays nothing out, and nothing is drawn into a place without a size.
  vi.spyOn(HTMLElement.prototype, "getBoundingClientRect").mockReturnValue(new DOMRect(0, 0, 600, 240));
});
afterEach(cleanup);

/** What the table behind a chart says, row by row. */
function tableOf(element: ReactElement): string[][] {
  const { container } = renderInEnglish(element);
  return [...container.querySelectorAll("table tr")].map((row) =>
    [...row.querySelectorAll("th, td")].map((cell) => cell.textContent ?? ""),
  );
}

const withoutAnalysis = {
  analysis: null,
  look: null,
  segments: [],
  novelty: [],
  series: { exposures: [], effects: [] },
};

describe("lift over time", () => {
  test("says of the last look what the picture shows, and has every look in the table", () => {
    expect(tableOf(<LiftOverTimeChart result={aResult()} />)).toEqual([
      ["As of", "Lift", "From", "To", "Adjusted p"],
      ["4 Nov 2026, 01:00 GMT+1", "+40.0%", "−90.0%", "–", "> 0.99"],
      ["5 Nov 2026, 01:00 GMT+1", "+24.5%", "+6.5%", "+45.0%", "0.012"],
    ]);
    screen.getByText(
      saying("As of 5 Nov 2026, 01:00 GMT+1, urgent is +24.5% vs control (95% interval: +6.5% to +45.0%)."),
    );
    screen.getByText("minimum effect, ±5%");
  });

  test("is a picture for readers too, which takes the focus and says what is drawn", async () => {
    renderInEnglish(<LiftOverTimeChart result={aResult()} />);
    const picture = await screen.findByRole("img");
    expect(picture.getAttribute("aria-label")).toMatch(
      /^Lift over time: Upgrade\. As of .* urgent is \+24\.5%/,
    );
    expect(picture.tabIndex).toBe(0);
  });

  test.each([
    ["no upper bound", aLook(2, { interval: between(0.1, null) }), /at least \+10\.0%/],
    ["no lower bound", aLook(2, { interval: between(null, 0.3) }), /at most \+30\.0%\)/],
    ["no bound", aLook(2, { interval: null }), /still unbounded/],
    ["no lift", aLook(2, { lift: null, interval: null }), /the lift of urgent can’t be computed/],
  ])("says so where there is %s", (_what, look, text) => {
    renderInEnglish(<LiftOverTimeChart result={aResult({ series: { exposures: [], effects: [look] } })} />);
    screen.getByText(saying(text));
  });

  test("shows one variant at a time, and the other when it is chosen", () => {
    const effects = [aLook(1), aLook(1, { variant: "calm", lift: -0.1, interval: between(-0.3, 0.1) })];
    const variants = ["control", "urgent", "calm"];
    renderInEnglish(<LiftOverTimeChart result={aResult({ variants, series: { exposures: [], effects } })} />);
    expect(screen.getByText(saying(/^As of .* vs control/)).textContent).toContain("urgent is +24.5%");
    fireEvent.click(screen.getByRole("radio", { name: "calm" }));
    expect(screen.getByText(saying(/^As of .* vs control/)).textContent).toContain("calm is −10.0%");
  });

  test("names the interval of its own level, and says where the picture cuts it", () => {
    const within = [2, 3, 4].map((day) => aLook(day, { lift: 0.2, interval: between(-0.05, 0.45) }));
    const { unmount } = renderInEnglish(
      <LiftOverTimeChart result={aResult({ series: { exposures: [], effects: within } })} />,
    );
    screen.getByText("95% interval");
    unmount();
    renderInEnglish(<LiftOverTimeChart result={aResult()} />);
    screen.getByText("95% interval (clipped)");
  });
});

test("charts over time mark where shares were changed, and say what the mark is", () => {
  const epochs = [1, 2].map((number) => ({
    number,
    weights: { urgent: 50, control: 50 },
    trafficPercentage: 100,
    startedAt: new Date(number === 1 ? "2026-11-03T09:00:00.000Z" : "2026-11-04T10:00:00.000Z"),
    endedAt: null,
  }));
  for (const Chart of [LiftOverTimeChart, ExposuresChart]) {
    renderInEnglish(<Chart result={aResult()} epochs={epochs} />);
    screen.getByText("split or traffic changed");
    cleanup();
    renderInEnglish(<Chart result={aResult()} epochs={epochs.slice(0, 1)} />);
    expect(screen.queryByText("split or traffic changed")).toBeNull();
    cleanup();
  }
});

describe("exposures", () => {
  test("are added up day by day, the last of them to the moment of the count, control first", () => {
    expect(tableOf(<ExposuresChart result={aResult()} />)).toEqual([
      ["Until", "control", "urgent"],
      ["4 Nov 2026, 01:00 GMT+1", "90", "100"],
      ["5 Nov 2026, 01:00 GMT+1", "240", "250"],
      ["5 Nov 2026, 13:30 GMT+1", "290", "310"],
    ]);
    screen.getByText(
      "600 users have seen a variant. Split: 48.3% / 51.7%, planned 50% / 50% – no mismatch ✓",
    );
  });

  test("of many variants say that the share beside them is one of them", () => {
    const { analysis } = aResult();
    const variants = Array.from({ length: 12 }, (_, index) => ({
      variant: index === 0 ? "control" : `arm-${index}`,
      observed: index === 7 ? 94 : 100,
      expected: 100,
    }));
    const split = analysis && { ...analysis.split, variants };
    renderInEnglish(
      <ExposuresChart result={aResult({ analysis: analysis && split && { ...analysis, split } })} />,
    );
    screen.getByText(/Split: furthest from the plan is arm-7 7.9%, planned 8.3% – no mismatch ✓$/);
  });

  test("are not called as planned where the split is off", () => {
    const { analysis } = aResult();
    const split = analysis && { ...analysis.split, status: "off" as const, p: 0.0002 };
    renderInEnglish(
      <ExposuresChart result={aResult({ analysis: analysis && split && { ...analysis, split } })} />,
    );
    expect(screen.getByText(/48.3% \/ 51.7% instead of/).textContent).toMatch(
      /Sample ratio mismatch: .* \(p\s<\s0\.001\)$/,
    );
  });

  test("over several epochs say where the expected split is from", () => {
    const split = [1, 2].map((epoch) => ({ epoch, weights: { urgent: 50, control: 50 }, units: {} }));
    renderInEnglish(<ExposuresChart result={aResult({ split })} />);
    screen.getByText(/48.3% \/ 51.7%, planned 50% \/ 50% \(combined over 2 phases\)/);
  });

  test("of nobody are said to be none", () => {
    renderInEnglish(<ExposuresChart result={aResult(withoutAnalysis)} />);
    screen.getByText("As of the last update, no one had seen a variant.");
  });
});

describe("days since the exposure", () => {
  test("have the share of subjects who converted on each, per variant", () => {
    expect(tableOf(<NoveltyChart result={aResult()} />)).toEqual([
      ["Day", "control", "urgent"],
      ["1", "9.0%", "12.0%"],
      ["2", "9.0%", "2.0%"],
    ]);
    screen.getByText(/Share of 400 users who first converted on each of the 2 days after exposure/);
  });

  test("have the value per subject of a metric that is no rate, in its currency where it has one", () => {
    const metrics = aResult().metrics.slice(1);
    expect(tableOf(<NoveltyChart result={aResult({ metrics })} />)[1]).toEqual(["1", "1.20", "1.20"]);
    cleanup();
    const paid = metrics.map((metric) => ({ ...metric, currency: "USD" }));
    expect(tableOf(<NoveltyChart result={aResult({ metrics: paid })} />)[1]).toEqual(["1", "$1.20", "$1.20"]);
  });

  test("are to be read by the gap between variants, since the shares of all of them fall", () => {
    renderInEnglish(<NoveltyChart result={aResult()} />);
    screen.getByText(/may be a novelty effect/);
  });

  test("are not counted of ratios", () => {
    const metrics = aResult().metrics.map((metric) => ({ ...metric, kind: "ratio" as const }));
    renderInEnglish(<NoveltyChart result={aResult({ metrics, novelty: [] })} />);
    screen.getByText("Not available for ratio metrics.");
  });

  test("wait for the first window to close", () => {
    renderInEnglish(<NoveltyChart result={aResult({ novelty: [] })} />);
    screen.getByText("Available once the first 2-day conversion window has closed.");
  });
});

describe("segments", () => {
  test("show rate, interval and number of subjects by fact, and how many would differ by chance", () => {
    renderInEnglish(<SegmentsTable result={aResult()} />);
    screen.getByText(/Descriptive only\. Of 3 comparisons, about 0\.2 would show a difference by chance/);
    const row = screen.getByRole("row", { name: /^DE/ });
    const cells = within(row).getAllByRole("cell");
    expect(cells.map(({ textContent }) => textContent)).toEqual([
      "control9.8%8.1% to 11.8%, 980 users",
      "urgent12.2%10.3% to 14.4%, 1,000 users",
    ]);
    expect(screen.getAllByRole("rowheader").map(({ textContent }) => textContent)).toEqual([
      "country",
      "DE",
      "Plan",
      "Individual",
      "Teams",
    ]);
  });

  const aTest = (value: string, changes: Partial<SegmentResult> = {}): SegmentResult => ({
    fact: "plan",
    value,
    variant: "urgent",
    lift: { value: 0.245, interval: { low: -0.01, high: 0.5, level: 0.99 }, reason: null },
    p: 0.3,
    pAdjusted: 0.6,
    isDifferent: false,
    ...changes,
  });

  test("say that none differs, and how many were compared, with the lift of each", () => {
    const segmentTests = [
      aTest("individual"),
      aTest("teams"),
      aTest("organization", { p: null, lift: null }),
    ];
    renderInEnglish(<SegmentsTable result={aResult({ segmentTests })} />);
    screen.getByText(/differs between segments: 2 comparisons, .* 1 comparison still has too few/);
    expect(screen.queryByText(/by chance/)).toBeNull();
    const cell = within(screen.getByRole("row", { name: /^Teams/ })).getAllByRole("cell")[1];
    expect(cell?.textContent).toMatch(/^urgent\d.*\d% to .*userslift \+24\.5% −1\.0% to \+50\.0%$/);
  });

  test("name those that differ, and what to do with it", () => {
    const segmentTests = [aTest("individual"), aTest("teams", { isDifferent: true, pAdjusted: 0.004 })];
    renderInEnglish(<SegmentsTable result={aResult({ segmentTests })} />);
    screen.getByText(
      saying("The effect of urgent differs in Plan: Teams: lift +24.5% (adjusted p = 0.004)."),
    );
    screen.getByText(/Confirm it in a separate experiment/);
  });

  test("say that they are too small to be compared", () => {
    const segmentTests = ["individual", "teams"].map((value) => aTest(value, { p: null, lift: null }));
    renderInEnglish(<SegmentsTable result={aResult({ segmentTests })} />);
    screen.getByText("Too few participants or conversions to compare segments yet.");
  });

  test("leave a dash where a variant has nobody", () => {
    const segment = aSegment("plan", "teams", {
      variants: [{ variant: "control", subjects: 4, converted: 1, mean: 0.25 }],
    });
    renderInEnglish(<SegmentsTable result={aResult({ segments: [segment] })} />);
    expect(within(screen.getByRole("row", { name: /^Teams/ })).getAllByRole("cell")[1]?.textContent).toBe(
      "urgent–",
    );
  });

  test("are awaited as long as their metric is", () => {
    const { analysis } = aResult();
    const metrics = analysis?.metrics.map((metric) => ({
      ...metric,
      comparisons: [
        { status: "withheld" as const, variant: "urgent", reason: { code: "no_variation" as const } },
      ],
    }));
    const awaited = analysis && { ...analysis, metrics: metrics ?? [] };
    renderInEnglish(<SegmentsTable result={aResult({ segments: [], analysis: awaited })} />);
    screen.getByText("The variants haven’t been compared on this metric yet.");
  });

  test("are said to be unknown where there are none", () => {
    renderInEnglish(<SegmentsTable result={aResult({ segments: [] })} />);
    screen.getByText("No segment data: no attributes were recorded at exposure.");
  });
});
