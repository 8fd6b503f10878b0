import type { Verdict } from "@calcom/statistics";
import { describe, expect, test } from "vitest";
import { hidePeople, type ReportFacts } from "../../results/report";
import { createFigures } from "../analytics/charts/figures";
import { aCompared, aMeasuredResult } from "../analytics/testing/results";
import { asWithheld } from "../analytics/testing/show";
import { anEffect } from "../analytics/testing/verdicts";
import { createFormat } from "../shared/format";
import { plainKeys } from "../shared/keys";
import { t } from "../testing/in-english";
import { buildReport } from "./build-report";
import type { ReportBlock, ReportDocument } from "./document";
import { toMarkdown } from "./markdown";
import { aReport, aView } from "./testing/report";

const figures = createFigures("en", createFormat("en", "UTC"));
const marked = (facts: ReportFacts) => buildReport(facts, { t, figures });
/** Without the marks of its keys. */
const build = (facts: ReportFacts): ReportDocument => JSON.parse(plainKeys(JSON.stringify(marked(facts))));

function blocksOf(facts: ReportFacts, section: string): ReportBlock[] {
  return build(facts).sections.find(({ title }) => title === section)?.blocks ?? [];
}

/** What stands beside a term, wherever. */
function said(facts: ReportFacts, term: string): string[] | undefined {
  const blocks = build(facts).sections.flatMap(({ blocks: all }) => all);
  return blocks.flatMap((block) => (block.kind === "rows" ? block.rows : [])).find((row) => row.term === term)
    ?.values;
}

const COUNTED = [
  { variant: "control", observed: 260, expected: 250 },
  { variant: "urgent", observed: 240, expected: 250 },
];
const tables = (blocks: ReportBlock[]) => blocks.flatMap((block) => (block.kind === "table" ? [block] : []));

describe("a report", () => {
  test("of what is over goes from the hypothesis to the decision, and then to what that rests on", () => {
    const receipt = {
      concludedAt: "2026-11-20T09:00:00.000Z",
      hash: "abc123",
      createdAt: new Date("2026-11-20T09:00:00.000Z"),
      plan: { subjects: 4_000, days: 14 },
    };
    const report = build(aReport({ view: aView(aMeasuredResult(), { receipt }) }));
    expect(report.title).toBe("Upgrade button");
    expect(report.facts).toEqual(["Concluded", "upgrade-button-test", "As of 5 Nov 2026, 00:00 UTC"]);
    expect(report.sections.map(({ title }) => title)).toEqual([
      "Hypothesis",
      "Decision",
      "Results",
      "Setup",
      "Result snapshot",
    ]);
    expect(said(aReport({ view: aView(null, { receipt }) }), "Checksum")).toEqual(["abc123"]);
  });

  test("of what still runs has its results before its setup, and ends with a timeline, since nothing is decided", () => {
    const running = aReport({
      status: "running",
      endedAt: null,
      winnerVariant: null,
      conclusionReason: null,
    });
    expect(build(running).sections.map(({ title }) => title)).toEqual([
      "Hypothesis",
      "Results",
      "Setup",
      "Timeline",
    ]);
  });

  test("of what goes on after all that was planned has come says that it is overdue", () => {
    const result = aMeasuredResult();
    const whole = { ...result, analysis: result.analysis && { ...result.analysis, isFinal: true } };
    const running = aReport({
      status: "running",
      endedAt: null,
      winnerVariant: null,
      conclusionReason: null,
    });
    expect(build({ ...running, view: aView(whole) }).facts[0]).toBe("Running, overdue");
    expect(build({ ...running, view: aView(result) }).facts[0]).toBe("Running");
    expect(build(aReport({ view: aView(whole) })).facts[0]).toBe("Concluded");
  });

  test("has the hypothesis alone at its head, and the description as a row of the setup", () => {
    const facts = aReport({ description: "A red button." });
    expect(blocksOf(facts, "Hypothesis")).toEqual([{ kind: "text", text: "Urgency sells." }]);
    expect(said(facts, "Description")).toEqual(["A red button."]);
    expect(toMarkdown(build(facts))).toContain("- **Description**: A red button\\.");
    expect(said(aReport(), "Description")).toBeUndefined();
  });

  test("says the figures of the table as the page does, with their interval and what they mean", () => {
    const [table] = tables(blocksOf(aReport(), "Results"));
    expect(table?.title).toBe("Upgrade · Primary");
    expect(table?.columns.map(({ label }) => label)).toContain("Lift (95% interval)");
    expect(table?.rows).toEqual([
      ["control", "2,204", "371", "16.8%", t("results_is_control")],
      ["urgent", "2,181", "525", "24.1%", "+43.0% (+19.2% to +72.8%), better"],
    ]);
  });

  test("draws the interval of every figure that is compared, on one scale, and none that is withheld", () => {
    const [table] = tables(blocksOf(aReport(), "Results"));
    const place = table?.columns.findIndex(({ label }) => label.startsWith("Lift"));
    expect(table?.plot?.column).toBe(place);
    expect(table?.plot?.lifts).toEqual([
      null,
      expect.objectContaining({ lift: 0.43, interval: { low: 0.192, high: 0.728, level: 0.95 } }),
    ]);
  });

  test("says why a level is above 95%", () => {
    const interval = { low: 0.03, high: 0.115, level: 0.975 };
    const result = aMeasuredResult(aCompared({ interval }));
    expect(said(aReport({ view: aView(result) }), "Confidence level")).toEqual([
      "97.5%",
      expect.stringMatching(/^Above 95% because several comparisons/),
    ]);
  });

  test("says how sure it is, of how many, whether they are split as planned, and what it comes to", () => {
    const result = aMeasuredResult();
    const facts = aReport({ view: aView({ ...result, pace: { days: 10, unitsPerDay: 60, isIdle: false } }) });
    expect(said(facts, "Confidence level")).toEqual(["95%"]);
    expect(said(facts, "Exposed")).toHaveLength(1);
    expect(said(facts, "Compared")?.join()).toContain("users");
    expect(said(facts, "Split check")?.join()).toMatch(/planned .*no mismatch \(p\s/);
    expect(said(facts, "Impact per month")?.join()).toContain("1,800 participants in 30 days");
    const [table] = tables(blocksOf(facts, "Results"));
    expect(table?.columns.at(-1)?.label).toBe("Impact per month");
    expect(table?.rows[1]?.at(-1)).toMatch(/a month \(/);
    const file = toMarkdown(build(facts));
    for (const figure of ["Confidence level", "Split check", "Exposed", "a month", "95% interval"])
      expect(file).toContain(figure);
  });

  test("has one moment for all its figures: the one up to which the statistics look", () => {
    const result = aMeasuredResult();
    const split = { ...result.analysis?.split, status: "as_planned" as const, variants: COUNTED };
    const analysis = result.analysis && { ...result.analysis, split: { ...result.analysis.split, ...split } };
    const facts = aReport({ view: aView({ ...result, analysis }) });
    expect(said(facts, "Exposed")).toEqual(["500 users"]);
    expect(toMarkdown(build(facts))).not.toContain("12:30");
  });

  test.each([
    ["running", true],
    ["paused", true],
    ["off", true],
    ["concluded", false],
    ["archived", false],
    ["draft", false],
  ] as const)("of what is %s is marked as interim: %s, in the file too", (status, isMarked) => {
    const report = build(aReport({ status }));
    expect(report.mark).toBe(isMarked ? "Interim report" : null);
    expect(toMarkdown(report).includes("**Interim report**")).toBe(isMarked);
  });

  test("notes beside a reason that the verdict says something else", () => {
    const { analysis, ...result } = aMeasuredResult();
    const as = (verdict: Verdict) => aView({ ...result, analysis: analysis && { ...analysis, verdict } });
    const better: Verdict = { code: "better", effects: [anEffect()] };
    expect(said(aReport({ view: as(better), conclusionReason: "won" }), "Reason")).toHaveLength(1);
    const against = aReport({ view: as(better), conclusionReason: "no_difference" });
    expect(said(against, "Reason")).toEqual([
      "No meaningful difference",
      expect.stringMatching(/^The verdict says something else: “urgent is better: Upgrade is /),
    ]);
    const unclear: Verdict = { code: "no_clear_difference", scale: "lift", low: -0.2, high: 0.18 };
    expect(said(aReport({ view: as(unclear), conclusionReason: "won" }), "Reason")).toHaveLength(2);
  });

  test("of an experiment whose split is off holds nothing that compares variants", () => {
    const { analysis, ...result } = aMeasuredResult();
    const verdict: Verdict = { code: "split_is_off", p: 1e-9, variants: COUNTED };
    const split = analysis && { ...analysis.split, status: "off" as const, variants: COUNTED };
    const facts = aReport({
      view: aView({ ...result, analysis: analysis && split && { ...analysis, verdict, split } }),
    });
    expect(toMarkdown(build(facts))).toContain("sample ratio mismatch");
    expect(toMarkdown(build(facts))).not.toMatch(/371|525|16\.8|24\.1|43\.0/);
  });

  test("names what cannot be measured, and why", () => {
    const fault = { text: "the column is gone", values: {} };
    const unmeasured = [{ key: "gone", name: "Refunds", role: "guardrail" as const, fault }];
    const facts = aReport({ view: aView({ ...aMeasuredResult(), unmeasured }) });
    expect(said(facts, "Can’t be measured")?.[0]).toMatch(/^Refunds: /);
  });

  test("has the tables of its metrics in line, whether they count conversions or not", () => {
    const result = aMeasuredResult();
    const [metric] = result.analysis?.metrics ?? [];
    const [info] = result.metrics;
    if (!metric || !info || !result.analysis) throw new Error("There is no metric.");
    const arms = metric.arms.map((arm) => ({ ...arm, conversions: null }));
    const both = {
      ...result,
      metrics: [info, { ...info, key: "spent", role: "secondary" as const }],
      analysis: {
        ...result.analysis,
        metrics: [metric, { ...metric, arms, metric: { ...metric.metric, id: "spent" } }],
      },
    };
    const [rate, mean] = tables(blocksOf(aReport({ view: aView(both) }), "Results"));
    /** Where each column ends. */
    const ends = (of: typeof rate) => {
      let end = 0;
      return of?.columns.map(({ share }) => (end += share)) ?? [];
    };
    const [variant, participants, , value, whole] = ends(rate);
    expect(ends(mean)).toEqual([variant, participants, value, whole]);
    expect(whole).toBe(100);
    const [setup] = tables(blocksOf(aReport(), "Setup"));
    expect(ends(setup)).toEqual([variant, participants]);
  });

  test("has its axes in line, whether a metric adds up per month or not", () => {
    const result = aMeasuredResult();
    const [metric] = result.analysis?.metrics ?? [];
    const [info] = result.metrics;
    if (!metric || !info || !result.analysis) throw new Error("There is no metric.");
    const ratio = { ...metric, metric: { ...metric.metric, id: "spent", kind: "ratio" as const } };
    const both = {
      ...result,
      pace: { days: 14, unitsPerDay: 200, isIdle: false },
      metrics: [info, { ...info, key: "spent", kind: "ratio" as const, role: "secondary" as const }],
      analysis: { ...result.analysis, metrics: [metric, ratio] },
    };
    /** From where to where the column of the plot goes. */
    const places = tables(blocksOf(aReport({ view: aView(both) }), "Results")).map(({ columns, plot }) => {
      const before = columns.slice(0, plot?.column).reduce((sum, { share }) => sum + share, 0);
      return [columns.length, before, columns[plot?.column ?? -1]?.share];
    });
    expect(places).toHaveLength(2);
    const [[all, ...where] = [], [few, ...same] = []] = places;
    expect(same).toEqual(where);
    expect(few).toBeLessThan(all ?? 0);
  });

  test("of what is withheld holds no figure by which variants could be compared", () => {
    const open = aMeasuredResult(aCompared({ variant: "urgent" }));
    const result = asWithheld({
      ...open,
      analysis: open.analysis && {
        ...open.analysis,
        verdict: { code: "before_planned_end", unitsToGo: 100, daysToGo: 3 },
        metrics: open.analysis.metrics.map((metric) => ({
          ...metric,
          comparisons: [
            {
              status: "withheld",
              variant: "urgent",
              reason: { code: "before_planned_end", unitsToGo: 100, daysToGo: 3 },
            },
          ],
        })),
      },
    });
    const facts = aReport({
      status: "running",
      endedAt: null,
      view: aView(result, { figures: "withheld", isAllWithheld: true }),
    });
    const [table] = tables(blocksOf(facts, "Results"));
    expect(table?.columns.map(({ label }) => label)).toEqual(["Variant", t("results_participants")]);
    expect(toMarkdown(build(facts))).not.toMatch(/371|525|16\.8|24\.1|43\.0/);
  });

  test("says who did what and when, and for everybody only when", () => {
    expect(said(aReport(), "Ended")).toEqual(["20 Nov 2026, 09:00 UTC, by Cleo"]);
    expect(said(aReport(), "Owner")).toEqual(["Ada"]);
    const hidden = hidePeople(aReport());
    expect(said(hidden, "Ended")).toEqual(["20 Nov 2026, 09:00 UTC"]);
    expect(said(hidden, "Owner")).toBeUndefined();
  });

  test("tells of a withdrawn winner what is served now, and that the measurement stays closed", () => {
    const takenBack = { variant: "urgent", at: "2026-11-20T11:00:00.000Z" };
    const facts = aReport({ winnerVariant: null, takenBack });
    expect(said(facts, "What everyone sees")).toEqual(["The original experience"]);
    expect(said(facts, "Winner withdrawn")).toEqual([
      "urgent",
      "20 Nov 2026, 11:00 UTC",
      "The winner is no longer shown to everyone. Measurement doesn’t resume.",
    ]);
  });

  test("names the code that can go and how it is found; to nobody outside, nor where a flag answers again", () => {
    expect(said(hidePeople(aReport()), "Code to remove")).toBeUndefined();
    expect(said(aReport(), "Code to remove")?.join(" ")).toContain('useExperiment("upgrade-button-test")');
    expect(said(aReport({ winnerVariant: null, isConverted: true }), "Code to remove")).toBeUndefined();
  });

  test.each([
    ["a winner", { winnerVariant: "urgent" }],
    ["no winner", { winnerVariant: null }],
  ])(
    "of a flag that is turned off and ended with %s says that everybody gets control, and keeps its code",
    (_, end) => {
      const facts = aReport({ ...end, isConverted: true, isTurnedOff: true });
      expect(said(facts, "What everyone sees")).toEqual(["The original experience, because it’s turned off"]);
      expect(said(facts, "Code to remove")).toBeUndefined();
    },
  );

  test("names every metric of its settings, with the mark of one that was redefined and of one that is gone", () => {
    const metrics: ReportFacts["metrics"] = [
      { key: "clicks", name: "Clicks", role: "primary", isChosenAfterStart: true, isRedefined: true },
      { key: "spent", name: "spent", role: "secondary", isUnknown: true },
    ];
    const facts = aReport({ metrics });
    expect(said(facts, "Primary metric")).toEqual(["Clicks (redefined after the start)"]);
    expect(said(facts, t("metrics_watched"))).toEqual(["spent (can’t be measured)"]);
  });

  test("names teams to those who may know them, and counts them for everybody", () => {
    const facts = aReport({
      audience: {
        kind: "named",
        rules: { teamIds: [7], userAttributes: { country: "DE" } },
        teams: { 7: "Acme" },
      },
    });
    expect(said(facts, "Targeting")).toEqual(["All signed-in users in team Acme, and where country is DE"]);
    expect(said(hidePeople(facts), "Targeting")).toEqual([
      "All signed-in users in 1 selected team, and with conditions on country",
    ]);
  });

  test("of a draft has neither results nor a decision", () => {
    const draft = aReport({ status: "draft", startedAt: null, endedAt: null, view: aView(null) });
    expect(build(draft).sections.map(({ title }) => title)).toEqual(["Hypothesis", "Setup"]);
  });
});
