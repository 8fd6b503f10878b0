// @vitest-environment jsdom
import { toast } from "@calcom/ui";
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
    [
      {
        code: "split_is_off",
        p: 0.0002,
        variants: [
          { variant: "urgent", observed: 479, expected: 500 },
          { variant: "control", observed: 521, expected: 500 },
        ],
      },
      "Do not trust these results: 52.1% / 47.9% instead of 50% / 50% (p = 0.0002)",
    ],
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
      "Stop: urgent is worse in Upgrade, which is 10.0% to 30.0% lower",
    ],
    [
      { code: "mixed", better: effect(), worse: effect({ metric: "revenue", low: null, high: -0.02 }) },
      "With it, Upgrade is 6.5% to 45.0% higher, and Monthly revenue is at least 2.0% lower.",
    ],
    [{ code: "better", effects: [effect()] }, "urgent is better: Upgrade is 6.5% to 45.0% higher."],
    [
      { code: "better", effects: [effect({ low: 0.065, high: null })] },
      "urgent is better: Upgrade is at least 6.5% higher.",
    ],
    [
      { code: "better", effects: [effect({ scale: "difference", low: 0.021, high: 0.038 })] },
      "Upgrade is 2.1 percentage points to 3.8 percentage points higher.",
    ],
    [
      { code: "worse", effects: [effect({ low: -0.4, high: -0.1 })] },
      "urgent is worse: Upgrade is 10.0% to 40.0% lower.",
    ],
    [
      { code: "no_longer_clear", effect: effect({ low: -0.01, high: 0.2 }) },
      "No longer clear: with urgent, Upgrade is between 1.0% lower and 20.0% higher",
    ],
    [
      { code: "no_difference_that_matters", low: -0.021, high: 0.034, minimumEffect: 0.05 },
      "No difference that matters: Upgrade is between 2.1% lower and 3.4% higher",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: -0.2, high: 0.18 },
      "and Upgrade may still be between 20.0% lower and 18.0% higher.",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: null, high: 0.18 },
      "Upgrade may still be at most 18.0% higher, or lower by any amount.",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: -0.2, high: null },
      "Upgrade may still be at most 20.0% lower, or higher by any amount.",
    ],
    [
      { code: "no_clear_difference", scale: "lift", low: null, high: null },
      "Upgrade may still be higher or lower by any amount.",
    ],
    [
      { code: "keep_going", unitsToGo: 3_400, daysToGo: 12 },
      "Keep going: 12 days and about 3,400 users to go",
    ],
  ];

  test.each(cases)("%o is said in words", (verdict, sentence) => {
    show(ready(withVerdict(verdict)));
    expect(verdictText()).toContain(sentence);
  });

  test.each([
    ["good", { code: "better", effects: [effect()] }],
    ["bad", { code: "worse", effects: [effect({ low: -0.4, high: -0.1 })] }],
    ["settled", { code: "no_difference_that_matters", low: -0.02, high: 0.03, minimumEffect: 0.05 }],
    ["open", { code: "keep_going", unitsToGo: 9, daysToGo: 3 }],
  ] as const)("has the sign of what is %s, on the page and in the dialog that concludes", (tone, verdict) => {
    const result = withVerdict(verdict as Verdict);
    show(ready(result));
    const panel = screen.getByRole("region", { name: "Verdict" });
    expect(panel.querySelector("[data-tone]")?.getAttribute("data-tone")).toBe(tone);
    const [title] = [...panel.querySelectorAll("p")].map(({ textContent }) => textContent ?? "-");
    cleanup();
    renderInEnglish(<ExperimentVerdict state={ready(result)} />);
    const status = screen.getByRole("status");
    expect(status.textContent).toContain(title);
    expect(status.querySelector("[data-tone]")?.getAttribute("data-tone")).toBe(tone);
  });

  test("is not in that dialog before anything was counted", () => {
    renderInEnglish(<ExperimentVerdict state={ready(null)} />);
    expect(screen.queryByRole("status")).toBeNull();
  });
});

describe("before its time", () => {
  const tooEarly = withVerdict({ code: "too_early", unitsToGo: 9, conversionsToGo: 0, daysToGo: 3 });
  const withheld = ready(withheldFrom(tooEarly), { figures: "withheld" });

  test("verdict, progress, counts and exposures are shown in this order, and nothing that compares", () => {
    const { container } = show(withheld);
    expect(container.textContent).not.toMatch(/24\.1%|\+43\.0%|0\.012/);
    expect(container.querySelector("[data-slot=lift-interval]")).toBeNull();
    expect(screen.queryByText("p-values and chances")).toBeNull();
    for (const name of [/^Upgrade$/, /^Lift over time/, /^By days since exposure/, /^Segments/])
      expect(screen.queryByRole("region", { name })).toBeNull();
    const shown = [
      screen.getByRole("progressbar"),
      screen.getByText("the counts of now"),
      screen.getByRole("region", { name: "Exposures" }),
    ];
    for (const [index, element] of shown.slice(1).entries())
      expect(shown[index]?.compareDocumentPosition(element)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
  });

  test("on the first day too it is said how long, and nobody is said to be left out of nothing", () => {
    const settings = { mode: "sequential" as const, plannedSubjects: 4_000, minimumRuntimeDays: 7 };
    const dayOne = {
      ...aMeasuredResult(),
      analysis: null,
      look: null,
      settings,
      asOf: "2026-11-03T12:00:00.000Z",
    };
    show(ready(withheldFrom(dayOne), { figures: "withheld" }));
    expect(verdictText()).toContain("Too early: 7 days and about 200 users to go");
    expect(screen.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("0");
    expect(screen.queryByRole("region", { name: "Left out of the comparison" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Look early…" })).toBeNull();
    cleanup();
    show(ready({ ...dayOne, endedAt: dayOne.asOf }));
    expect(verdictText()).toContain("No answer can be given");
    expect(screen.queryByRole("progressbar")).toBeNull();
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
  const variants = [
    { variant: "urgent", observed: 479, expected: 500 },
    { variant: "control", observed: 521, expected: 500 },
  ];
  const result = withVerdict({ code: "split_is_off", p: 0.0002, variants });
  const off: StoredResult = {
    ...result,
    analysis: result.analysis && {
      ...result.analysis,
      split: {
        ...result.analysis.split,
        status: "off",
        p: 0.0002,
        variants,
        impossible: [{ epoch: 2, variant: "urgent", units: 3 }],
        byEpoch: [
          { epoch: 1, p: 0.6 },
          { epoch: 2, p: 0.0003 },
        ],
      },
    },
  };

  test("is the verdict, in one panel: control first, what is withheld, and what to check", () => {
    show(ready(off));
    expect(screen.getByRole("alert").textContent).toContain(
      "Do not trust these results: 52.1% / 47.9% instead of 50% / 50% (p = 0.0002)",
    );
    const panel = screen.getByRole("region", { name: "Verdict" });
    expect(panel.contains(screen.getByRole("alert"))).toBe(true);
    expect(panel.querySelector("[data-tone]")?.getAttribute("data-tone")).toBe("doubt");
    expect(panel.textContent).toContain("so the verdict is withheld");
    expect(panel.textContent).toContain("Epoch 2: 3 subjects in urgent, which had no share.");
    expect(panel.textContent).toContain("Epoch 2: p = 0.0003");
  });

  test.each(["all", "early"] as const)("leaves nothing compared, with %s figures", (figures) => {
    const { container } = show(ready(off, { figures }));
    expect(container.textContent).not.toMatch(/43\.0%|24\.1%|24\.5%/);
    for (const name of [/^Upgrade$/, /^Lift over time/, /^By days since exposure/, /^Segments/])
      expect(screen.queryByRole("region", { name })).toBeNull();
    expect(screen.queryByText("p-values and chances")).toBeNull();
    expect(screen.getByRole("region", { name: "Exposures" }).textContent).toMatch(/: off \(p = 0\.0002\)/);
    expect(screen.getByText("the counts of now")).toBeTruthy();
  });

  test("leaves nothing to look at early", () => {
    show(ready(off, { figures: "withheld" }));
    expect(screen.queryByRole("button", { name: "Look early…" })).toBeNull();
  });
});

describe("the tables", () => {
  test("have control first, its value with interval, and lifts in figures and drawn", () => {
    show(ready(aMeasuredResult()));
    const section = screen.getByRole("region", { name: "Upgrade" });
    const [, control, urgent] = within(section).getAllByRole("row");
    expect(control?.textContent).toMatch(/^control.*2,204.*371.*16\.8% Rate15\.3%–18\.5%/);
    expect(urgent?.textContent).toMatch(
      /^urgent2,181.*525.*24\.1% Rate22\.3%–25\.9%\+43\.0% better Lift\+19\.2% … \+72\.8%/,
    );
    expect(urgent?.querySelector("[data-slot=lift-point]")).toBeTruthy();
  });

  test("say what the verdict says: one page has one opinion", () => {
    const unclear = aCompared({ outcome: "unclear", isSignificant: false });
    const result = aMeasuredResult(unclear);
    const verdict = {
      code: "no_difference_that_matters",
      low: -0.02,
      high: 0.03,
      minimumEffect: 0.05,
    } as const;
    show(ready({ ...result, analysis: result.analysis && { ...result.analysis, verdict } }));
    const section = screen.getByRole("region", { name: "Upgrade" });
    expect(section.textContent).toContain("+43.0% no difference that matters");
    expect(section.textContent).not.toContain("not decided");
  });

  test("explain their columns to whoever focuses or taps them", async () => {
    show(ready(aMeasuredResult()));
    const section = screen.getByRole("region", { name: "Upgrade" });
    const [lift] = within(section).getAllByRole("button", { name: "Lift" });
    if (lift === undefined) throw new Error("The head of the column is a button.");
    fireEvent.click(lift);
    expect((await screen.findByRole("tooltip")).textContent).toContain("with the interval that decides");
    fireEvent.blur(lift);
    await waitFor(() => expect(screen.queryByRole("tooltip")).toBeNull());
    fireEvent.focus(lift);
    expect((await screen.findByRole("tooltip")).textContent).toContain("with the interval that decides");
  });

  test("write money as money, per subject, and say that epochs are weighted", () => {
    const result = aMeasuredResult();
    const [metric] = result.analysis?.metrics ?? [];
    if (metric === undefined || result.analysis === null) throw new Error("The fixture measures.");
    const revenue = {
      ...metric,
      metric: { ...metric.metric, id: "revenue", role: "secondary" as const, kind: "mean" as const },
      arms: metric.arms.map((arm) => ({ ...arm, conversions: null, value: 10.94, interval: null })),
    };
    const metrics = result.metrics.map((info) =>
      info.key === "revenue"
        ? { ...info, currency: "USD", epochs: [1, 2].map((epoch) => ({ epoch, weights: {}, arms: {} })) }
        : info,
    );
    show(ready({ ...result, metrics, analysis: { ...result.analysis, metrics: [metric, revenue] } }));
    const section = screen.getByRole("region", { name: "Monthly revenue" });
    expect(section.textContent).toContain("$10.94");
    expect(within(section).getByRole("columnheader", { name: "Mean per user" })).toBeTruthy();
    expect(within(section).getByRole("button", { name: "weighted over 2 epochs" })).toBeTruthy();
    expect(screen.getByRole("region", { name: "Upgrade" }).textContent).not.toContain("weighted");
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

  test("leave guardrails to the verdict, which has their number and names those that do not hold", () => {
    const result = aMeasuredResult();
    const guardrails = [
      { metric: "upgrade", variant: "urgent", status: "fine" as const },
      { metric: "revenue", variant: "urgent", status: "unclear" as const },
    ];
    show(ready({ ...result, analysis: result.analysis && { ...result.analysis, guardrails } }));
    expect(verdictText()).toContain("Guardrails: 1 of 2 fine · Monthly revenue not decided");
  });

  test("add up from who was assigned to who is compared, and name who was left out, and metrics that are no more", () => {
    const result = aMeasuredResult();
    const { container } = show(
      ready({
        ...result,
        exposed: { control: 2_204, urgent: 2_181 },
        leftOut: { imported: 25, mixed: 1, notExposed: 140, immature: 0, erased: 0 },
        unknownMetrics: ["old-metric"],
      }),
    );
    expect(
      screen.getByText(
        "4,551 assigned → 25 imported → 1 saw two variants → 140 not exposed → 4,385 compared",
      ),
    ).toBeTruthy();
    const left = screen.getByRole("region", { name: "Left out of the comparison" });
    expect(left.textContent).toMatch(/140 users.*have not been seen.*1 user.*two variants.*25 users.*a flag/);
    expect(left.textContent).toMatch(/old-metric.*no such metric any more/);
    expect(container.textContent).not.toContain("their window is still open");
  });
});

describe("around them", () => {
  test("results are exported as table or whole, counted again, and dated", async () => {
    const { actions } = show(ready(aMeasuredResult()));
    fireEvent.click(screen.getByRole("button", { name: "Refresh" }));
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

  test("the link to these results is copied, and that is said; or that it could not be", async () => {
    const said = { success: vi.spyOn(toast, "success"), error: vi.spyOn(toast, "error") };
    const writeText = vi.fn(async (_text: string) => undefined);
    Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
    const copy = async () => {
      fireEvent.keyDown(screen.getByRole("button", { name: "Export" }), { key: "Enter" });
      fireEvent.click(await screen.findByRole("menuitem", { name: "Copy link to these results" }));
    };
    show(ready(aMeasuredResult()));
    await copy();
    await waitFor(() => expect(said.success).toHaveBeenCalledWith("Link copied"));
    expect(writeText.mock.calls[0]?.[0]).toContain("asOf=2026-11-05");
    writeText.mockRejectedValueOnce(new Error("refused"));
    await copy();
    await waitFor(() => expect(said.error).toHaveBeenCalledWith("Could not copy"));
    Reflect.deleteProperty(navigator, "clipboard");
    vi.restoreAllMocks();
  });

  test("the source is said, and PostHog offered beside it where a project is known", async () => {
    show(ready(aMeasuredResult()));
    expect(screen.getByText("Source: this database")).toBeTruthy();
    expect(screen.queryByRole("button", { name: "Source: this database" })).toBeNull();
    cleanup();
    show(ready(aMeasuredResult()), {
      posthog: { funnel: "https://posthog.test/f", sql: "https://posthog.test/s" },
    });
    fireEvent.keyDown(screen.getByRole("button", { name: "Source: this database" }), { key: "Enter" });
    const link = await screen.findByRole("menuitem", { name: "Funnel in PostHog" });
    expect(link.getAttribute("href")).toBe("https://posthog.test/f");
  });

  test("a concluded experiment shows its receipt, and is not counted again", () => {
    const receipt = { createdAt: new Date(), concludedAt: "2026-11-05T12:30:00.000Z", hash: "abc123" };
    show(ready(aMeasuredResult(), { receipt }));
    const region = screen.getByRole("region", { name: "Receipt" });
    expect(region.textContent).toContain("abc123");
    expect(region.textContent).toContain("npm run experiments -- verify upgrade-button-test");
    expect(screen.queryByRole("button", { name: "Refresh" })).toBeNull();
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
