// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ResultsView, StoredResult } from "../results/types";
import { withheldFrom } from "../results/withhold";
import type { Compared, Effect, Verdict } from "../utils/statistics/results-types";
import { aCompared, aMeasuredResult, withVerdict } from "./analytics/testing/results";
import { ExperimentAnalytics, type ExperimentResultsState, type ResultsActions } from "./ExperimentAnalytics";
import { ExperimentPermissions } from "./ExperimentPermissions";
import { ExperimentVerdict } from "./ExperimentVerdict";
import { anExperiment } from "./testing/experiments";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

function actionsWith(changes: Partial<ResultsActions> = {}): ResultsActions {
  return {
    onRefresh: vi.fn(),
    isRefreshing: false,
    onLookEarly: vi.fn(async () => undefined),
    onStopLooking: vi.fn(),
    onExport: vi.fn(),
    isExporting: false,
    posthog: null,
    linkedAsOf: null,
    ...changes,
  };
}

const ready = (result: StoredResult | null, changes: Partial<ResultsView> = {}): ExperimentResultsState => ({
  status: "ready",
  view: { slug: "upgrade-button-test", figures: "all", result, receipt: null, ...changes },
});

function show(state: ExperimentResultsState, changes: Partial<ResultsActions> = {}, mayDecide = true) {
  const actions = actionsWith(changes);
  const { container } = renderInEnglish(
    <ExperimentPermissions permissions={mayDecide ? ["view", "edit", "decide"] : ["view"]}>
      <ExperimentAnalytics
        experiment={anExperiment()}
        state={state}
        actions={actions}
        counts={<p>the counts of now</p>}
      />
    </ExperimentPermissions>,
  );
  return { actions, container };
}

const verdictText = () => screen.getByRole("region", { name: "Verdict" }).textContent ?? "";

const effect = (changes: Partial<Effect> = {}): Effect => ({
  metric: "upgrade",
  variant: "urgent",
  scale: "lift",
  low: 0.065,
  high: 0.45,
  level: 0.95,
  pAdjusted: 0.012,
  ...changes,
});

describe("the verdict", () => {
  const cases: [Verdict, string][] = [
    [{ code: "no_answer", reason: { code: "no_plan" } }, "No answer can be given"],
    [{ code: "split_is_off", p: 0.0002, variants: [] }, "The verdict is withheld"],
    [
      { code: "too_early", unitsToGo: 3_072, conversionsToGo: 4, daysToGo: 9 },
      "Too early: 9 days and about 3,100 users to go",
    ],
    [{ code: "too_early", unitsToGo: 0, conversionsToGo: 4, daysToGo: null }, "Too early: more data to go"],
    [
      { code: "before_planned_end", unitsToGo: 12, daysToGo: 1 },
      "Not before the planned end: 1 day and about 12 users to go",
    ],
    [
      { code: "guardrail_worse", effect: effect({ low: -0.3, high: -0.1 }) },
      "Stop: urgent is worse in Upgrade, between −30.0% and −10.0%",
    ],
    [
      { code: "mixed", better: effect(), worse: effect({ metric: "revenue", low: null, high: -0.02 }) },
      "Mixed: urgent is better in Upgrade and worse in Monthly revenue",
    ],
    [{ code: "better", effects: [effect()] }, "urgent is better: between +6.5% and +45.0% in Upgrade."],
    [
      { code: "worse", effects: [effect({ low: -0.4, high: null })] },
      "urgent is worse: −40.0% at least in Upgrade.",
    ],
    [
      { code: "no_longer_clear", effect: effect({ low: -0.01, high: 0.2 }) },
      "No longer clear: Upgrade of urgent, between −1.0% and +20.0%",
    ],
    [
      { code: "no_difference_that_matters", low: -0.021, high: 0.034, minimumEffect: 0.05 },
      "No difference that matters: between −2.1% and +3.4%",
    ],
    [{ code: "no_clear_difference", scale: "lift", low: -0.2, high: 0.18 }, "No clear difference"],
    [
      { code: "keep_going", unitsToGo: 3_400, daysToGo: 12 },
      "Keep going: 12 days and about 3,400 users to go",
    ],
  ];

  test.each(cases)("%o is said in words", (verdict, sentence) => {
    show(ready(withVerdict(verdict)));
    expect(verdictText()).toContain(sentence);
  });

  test("stands in the dialog that concludes, in the same words, and not before anything was counted", () => {
    const result = withVerdict({ code: "better", effects: [effect()] });
    renderInEnglish(<ExperimentVerdict state={ready(result)} />);
    expect(screen.getByRole("status").textContent).toContain("urgent is better: between +6.5% and +45.0%");
    cleanup();
    renderInEnglish(<ExperimentVerdict state={ready(null)} />);
    expect(screen.queryByRole("status")).toBeNull();
  });
});

describe("before its time", () => {
  const tooEarly = withVerdict({ code: "too_early", unitsToGo: 9, conversionsToGo: 0, daysToGo: 3 });
  const withheld = ready(withheldFrom(tooEarly), { figures: "withheld" });

  test("counts are shown, and no rate, no lift and no p", () => {
    const { container } = show(withheld);
    const [, , row] = within(screen.getByRole("region", { name: "Upgrade" })).getAllByRole("row");
    expect(row?.textContent).toContain("2,181");
    expect(container.textContent).not.toMatch(/24\.1%|\+43\.0%|0\.012/);
    expect(container.querySelector("[data-slot=lift-interval]")).toBeNull();
    expect(screen.queryByText("p-values and chances")).toBeNull();
    expect(screen.getByRole("progressbar")).toBeTruthy();
  });

  test("whoever may decide is asked whether to look, and told that it is recorded", async () => {
    const { actions } = show(withheld);
    fireEvent.click(screen.getByRole("button", { name: "Look early…" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog.textContent).toContain("That you looked is recorded");
    expect(actions.onLookEarly).not.toHaveBeenCalled();
    fireEvent.click(within(dialog).getByRole("button", { name: "Look early" }));
    await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
    expect(actions.onLookEarly).toHaveBeenCalledOnce();
  });

  test("nobody else is", () => {
    show(withheld, {}, false);
    expect(screen.queryByRole("button", { name: "Look early…" })).toBeNull();
  });

  test("early figures stand under a notice, and can be hidden again", () => {
    const { actions, container } = show(ready(tooEarly, { figures: "early" }));
    expect(screen.getByText("You are looking early")).toBeTruthy();
    expect(container.textContent).toContain("+43.0%");
    fireEvent.click(screen.getByRole("button", { name: "Hide them" }));
    expect(actions.onStopLooking).toHaveBeenCalledOnce();
  });
});

describe("a split that is off", () => {
  const result = withVerdict({ code: "split_is_off", p: 0.0002, variants: [] });
  const off: StoredResult = {
    ...result,
    analysis: result.analysis && {
      ...result.analysis,
      split: {
        ...result.analysis.split,
        status: "off",
        p: 0.0002,
        variants: [
          { variant: "urgent", observed: 479, expected: 500 },
          { variant: "control", observed: 521, expected: 500 },
        ],
        impossible: [{ epoch: 2, variant: "urgent", units: 3 }],
        byEpoch: [
          { epoch: 1, p: 0.6 },
          { epoch: 2, p: 0.0003 },
        ],
      },
    },
  };

  test("stands above everything, control first, with what to check", () => {
    const { container } = show(ready(off));
    const banner = screen.getByRole("alert");
    expect(banner.textContent).toContain(
      "Do not trust these results: 52.1/47.9 instead of 50/50 (p = 0.0002)",
    );
    expect(banner.textContent).toContain("Epoch 2: 3 subjects in urgent, which had no share.");
    expect(banner.textContent).toContain("Epoch 2: p = 0.0003");
    expect(banner.compareDocumentPosition(screen.getByRole("region", { name: "Verdict" }))).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
    expect(container.textContent).toMatch(/\+43\.0% not to be trusted/);
  });

  test("leaves no difference called better or worse", () => {
    const { container } = show(ready(off));
    expect(container.textContent).not.toMatch(/\+43\.0% better/);
    expect(container.querySelector<HTMLElement>("[data-slot=lift-bar]")?.style.backgroundColor).toBe(
      "var(--muted-foreground)",
    );
  });
});

describe("the tables", () => {
  test("have control first, its value with interval, and lifts in figures and drawn", () => {
    show(ready(aMeasuredResult()));
    const section = screen.getByRole("region", { name: "Upgrade" });
    const [, control, urgent] = within(section).getAllByRole("row");
    expect(control?.textContent).toMatch(/^control.*2,204.*371.*16\.8%15\.3%–18\.5%/);
    expect(urgent?.textContent).toMatch(
      /^urgent2,181.*525.*24\.1%22\.3%–25\.9%\+43\.0% better\+19\.2% … \+72\.8%/,
    );
    expect(urgent?.querySelector("[data-slot=lift-point]")).toBeTruthy();
  });

  test("say why there is no lift, and give the difference in percentage points", () => {
    const { lift } = aCompared();
    const baseless: Compared = aCompared({
      lift: { ...lift, value: null, interval: null, reason: { code: "no_baseline" } },
      difference: 0.021,
      interval: { low: 0.004, high: 0.038, level: 0.95 },
    });
    show(ready(aMeasuredResult(baseless)));
    const [, , row] = within(screen.getByRole("region", { name: "Upgrade" })).getAllByRole("row");
    expect(row?.textContent).toContain("+2.1 pp (+0.4 pp … +3.8 pp)");
    expect(row?.textContent).toContain("Control has nothing yet that could have grown.");
  });

  test("call nothing certain, and no loss by more digits than it has", () => {
    const { chance } = aCompared();
    const sure = chance && { ...chance, toBeatControl: 0.99999999, lossOfVariant: 2.6e-12 };
    show(ready(aMeasuredResult(aCompared({ chance: sure }))));
    const [details] = screen
      .getAllByText("p-values and chances")
      .map((summary) => summary.closest("details"));
    expect(details?.querySelector("tbody")?.textContent).toBe("urgent0.0120.012> 99.9%< 0.01%");
  });

  test("count guardrails, and name what was left out, and metrics that are no more", () => {
    const result = aMeasuredResult();
    const { container } = show(
      ready({
        ...result,
        leftOut: { imported: 25, mixed: 1, notExposed: 140, immature: 0, afterPlannedEnd: 0, erased: 0 },
        unknownMetrics: ["old-metric"],
        analysis: result.analysis && {
          ...result.analysis,
          guardrails: [
            { metric: "bookings", variant: "urgent", status: "fine" },
            { metric: "latency", variant: "urgent", status: "unclear" },
          ],
        },
      }),
    );
    expect(screen.getByText("Guardrails: 1 of 2 fine")).toBeTruthy();
    const left = screen.getByRole("region", { name: "Left out of the comparison" });
    expect(left.textContent).toMatch(/140 users.*have not been seen.*1 user.*two variants.*25 users.*a flag/);
    expect(left.textContent).toMatch(/old-metric.*no such metric any more/);
    expect(container.textContent).not.toContain("their window is still open");
  });
});

describe("around them", () => {
  test("results are exported as table or whole, counted again, and dated", async () => {
    const { actions } = show(ready(aMeasuredResult()));
    fireEvent.click(screen.getByRole("button", { name: "Count again" }));
    expect(actions.onRefresh).toHaveBeenCalledOnce();
    for (const [name, format] of [
      ["Table as CSV", "csv"],
      ["Everything as JSON", "json"],
    ] as const) {
      fireEvent.keyDown(screen.getByRole("button", { name: "Export" }), { key: "Enter" });
      fireEvent.click(await screen.findByRole("menuitem", { name }));
      expect(actions.onExport).toHaveBeenLastCalledWith(format);
    }
  });

  test("PostHog is offered where a project is known", async () => {
    show(ready(aMeasuredResult()), {
      posthog: { funnel: "https://posthog.test/f", sql: "https://posthog.test/s" },
    });
    fireEvent.keyDown(screen.getByRole("button", { name: "Export" }), { key: "Enter" });
    const link = await screen.findByRole("menuitem", { name: "Funnel in PostHog" });
    expect(link.getAttribute("href")).toBe("https://posthog.test/f");
  });

  test("a concluded experiment shows its receipt, and is not counted again", () => {
    const receipt = { createdAt: new Date(), concludedAt: "2026-11-05T12:30:00.000Z", hash: "abc123" };
    show(ready(aMeasuredResult(), { receipt }));
    const region = screen.getByRole("region", { name: "Receipt" });
    expect(region.textContent).toContain("abc123");
    expect(region.textContent).toContain("npm run experiments -- verify upgrade-button-test");
    expect(screen.queryByRole("button", { name: "Count again" })).toBeNull();
  });

  test("a link to older results says that these are newer; one to these says nothing", () => {
    show(ready(aMeasuredResult()), { linkedAsOf: "2026-11-04T00:00:00.000Z" });
    expect(screen.getByText(/^The link was to the results of/)).toBeTruthy();
    cleanup();
    show(ready(aMeasuredResult()), { linkedAsOf: aMeasuredResult().asOf });
    expect(screen.queryByText(/^The link was to/)).toBeNull();
  });

  test("what is loading, failed, or was never counted says so, and the counts of now stay", () => {
    show({ status: "loading" });
    expect(screen.getByRole("status", { name: "Results are loading" })).toBeTruthy();
    cleanup();
    const onRetry = vi.fn();
    show({ status: "error", message: "The database does not answer.", onRetry });
    fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(onRetry).toHaveBeenCalledOnce();
    expect(screen.getByText("the counts of now")).toBeTruthy();
    cleanup();
    show(ready(null));
    expect(screen.getByText("Not counted yet")).toBeTruthy();
  });
});
