import type { MetricResult, NoAnswerReason, Verdict, WithheldReason } from "@calcom/statistics";
import { describe, expect, test } from "vitest";
import { aResult } from "../components/analytics/charts/testing/results";
import { PROBLEMS, VERDICT_WORDS, type VerdictWord } from "../types/health";
import { judgeHealth } from "./health";
import type { StoredResult } from "./types";

const EFFECT = {
  metric: "upgrade",
  variant: "urgent",
  scale: "lift",
  low: 0.1,
  high: 0.2,
  level: 0.95,
  pAdjusted: 0.01,
} as const;
const VARIANTS = [{ variant: "control", observed: 521, expected: 500 }];
const LATER: WithheldReason = { code: "before_planned_end", unitsToGo: 100, daysToGo: 3 };

type Analysed = NonNullable<StoredResult["analysis"]>;
const analysisOf = (changes: Partial<Analysed>): Analysed => ({
  ...(aResult().analysis as Analysed),
  ...changes,
});
const judge = (changes: Partial<StoredResult> = {}, isAsked = true) =>
  judgeHealth({ result: aResult(changes), isAsked });
const withVerdict = (verdict: Verdict, changes: Partial<StoredResult> = {}) =>
  judge({ analysis: analysisOf({ verdict }), ...changes });
const noAnswer = (reason: NoAnswerReason): Verdict => ({ code: "no_answer", reason });

const verdicts: [Verdict, VerdictWord][] = [
  [{ code: "better", effects: [EFFECT] }, "better"],
  [{ code: "worse", effects: [EFFECT] }, "worse"],
  [{ code: "mixed", better: EFFECT, worse: EFFECT }, "mixed"],
  [{ code: "no_difference_that_matters", low: -0.01, high: 0.01, minimumEffect: 0.05 }, "no_difference"],
  [{ code: "no_clear_difference", scale: "lift", low: -0.1, high: 0.1 }, "inconclusive"],
  [{ code: "no_longer_clear", effect: EFFECT }, "no_longer_clear"],
  [{ code: "keep_going", unitsToGo: 10, daysToGo: 2 }, "open"],
  [{ code: "too_early", unitsToGo: 10, conversionsToGo: 0, daysToGo: 2 }, "too_early"],
  [{ code: "before_planned_end", unitsToGo: 10, daysToGo: 2 }, "withheld"],
  [{ code: "guardrail_worse", effect: EFFECT }, "harmed"],
  [{ code: "split_is_off", p: 1e-6, variants: VARIANTS }, "untrusted"],
  [noAnswer({ code: "no_primary_metric" }), "no_metric"],
  [noAnswer({ code: "too_few_units", variant: "urgent", units: 3, needed: 100 }), "too_early"],
  [noAnswer(LATER), "withheld"],
  [
    noAnswer({
      code: "guardrail_not_compared",
      metric: "refunds",
      variant: "urgent",
      reason: { code: "no_variation" },
    }),
    "unguarded",
  ],
  [noAnswer({ code: "no_plan" }), "no_answer"],
];

describe("the verdict in a word", () => {
  test.each(verdicts)("of %o is %s", (verdict, word) => {
    expect(withVerdict(verdict).verdict).toBe(word);
  });

  test("has been tried for every word", () => {
    expect(new Set(verdicts.map(([, word]) => word))).toEqual(new Set(VERDICT_WORDS));
  });

  test("before the first comparison is that it is too early, and without a metric that there is none", () => {
    expect(judge({ analysis: null }).verdict).toBe("too_early");
    expect(judge({ analysis: null, endedAt: "2026-11-05T00:00:00.000Z" }).verdict).toBe("no_answer");
    expect(judge({ analysis: null, metrics: [] }).verdict).toBe("no_metric");
  });

  test("tells no difference that is withheld, and none of its guardrails", () => {
    const waiting: MetricResult = {
      ...(aResult().analysis?.metrics[0] as MetricResult),
      comparisons: [{ status: "withheld", variant: "urgent", reason: LATER }],
    };
    const guardrails = [{ metric: "revenue", variant: "urgent", status: "worse" }] as const;
    const said = judge({
      analysis: analysisOf({
        verdict: { code: "better", effects: [EFFECT] },
        metrics: [waiting, { ...waiting, metric: { ...waiting.metric, id: "revenue", role: "guardrail" } }],
        guardrails: [...guardrails],
      }),
    });
    expect(said).toMatchObject({ verdict: "withheld", harmed: [], problems: [] });
  });

  test("is told of what is over, as nothing is withheld any more", () => {
    const analysis = analysisOf({ verdict: { code: "better", effects: [EFFECT] } });
    expect(judge({ status: "concluded", endedAt: "2026-11-05T12:00:00.000Z", analysis }).verdict).toBe(
      "better",
    );
  });
});

describe("the time that is left", () => {
  test("is what the verdict waits for", () => {
    expect(withVerdict({ code: "keep_going", unitsToGo: 3_400, daysToGo: 12 })).toMatchObject({
      daysToGo: 12,
      unitsToGo: 3_400,
    });
  });

  test("is unknown where nothing is waited for, and where it is over", () => {
    const nothing = { daysToGo: null, unitsToGo: null };
    expect(withVerdict({ code: "better", effects: [EFFECT] })).toMatchObject(nothing);
    expect(judge({ status: "concluded", endedAt: "2026-11-05T12:00:00.000Z" })).toMatchObject(nothing);
  });
});

const quiet = { asOf: "2026-11-09T00:00:00.000Z" };
const unseen = { series: { exposures: [], effects: [] } };
const planned = { units: 4_000, days: 14, unitsPerDay: 300, isIdle: false };
const split = aResult().analysis?.split as Analysed["split"];

const problems: Record<(typeof PROBLEMS)[number], [Partial<StoredResult>, isAsked?: boolean] | null> = {
  split_off: [{ analysis: analysisOf({ split: { ...split, status: "off" } }) }],
  guardrail_harmed: [
    { analysis: analysisOf({ guardrails: [{ metric: "revenue", variant: "urgent", status: "worse" }] }) },
  ],
  // Added where the settings cannot be read: there is no result.
  damaged: null,
  metric_broken: [{ unknownMetrics: ["gone"] }],
  never_asked: [unseen, false],
  no_traffic: [quiet],
  past_end: [{ population: { subjects: 4_000, open: 0 }, pace: planned }],
};

describe("what somebody has to look at", () => {
  test("is nothing in a healthy experiment", () => {
    expect(judge()).toMatchObject({ problems: [], lastExposedOn: "2026-11-05", harmed: [], broken: [] });
  });

  const tried = PROBLEMS.flatMap((problem) => {
    const facts = problems[problem];
    return facts === null ? [] : [{ problem, facts }];
  });
  test.each(tried)("is $problem, and nothing else, where that is so", ({ problem, facts }) => {
    expect(judge(...facts).problems).toEqual([problem]);
  });

  test.each(tried)("is no longer $problem once the experiment is over", ({ facts: [changes, isAsked] }) => {
    const over = { status: "concluded", endedAt: "2026-11-09T00:00:00.000Z" } as const;
    expect(judge({ ...changes, ...over }, isAsked).problems).toEqual([]);
  });

  test("names the guardrail and the metric", () => {
    expect(judge(...(problems.guardrail_harmed ?? expect.fail())).harmed).toEqual(["Monthly revenue"]);
    expect(judge({ unknownMetrics: ["gone"] }).broken).toEqual(["gone"]);
    const reason: WithheldReason = { code: "invalid_data", variant: "urgent", epoch: 1, detail: "" };
    const [metric] = aResult().analysis?.metrics ?? [];
    const comparisons = [{ status: "withheld", variant: "urgent", reason } as const];
    const metrics = [{ ...(metric as MetricResult), comparisons }];
    expect(judge({ analysis: analysisOf({ metrics }) }).broken).toEqual(["Upgrade"]);
  });

  test("counts a quiet time from the end of the last day with an exposure, and none before three days", () => {
    expect(judge({ asOf: "2026-11-08T23:59:59.000Z" }).problems).toEqual([]);
    expect(judge(quiet)).toMatchObject({ problems: ["no_traffic"], lastExposedOn: "2026-11-05" });
  });

  test("of one that nobody was ever in is counted from the start, once code has asked", () => {
    expect(judge({ ...unseen, ...quiet }).problems).toEqual(["no_traffic"]);
    expect(judge(unseen).problems).toEqual([]);
  });

  test("is no missing code within the first hour, nor where somebody was exposed", () => {
    expect(judge({ ...unseen, asOf: "2026-11-03T09:59:00.000Z" }, false).problems).toEqual([]);
    expect(judge({}, false).problems).toEqual([]);
  });

  test.each(["paused", "off"] as const)("is no missing traffic while it is %s", (status) => {
    expect(judge({ ...quiet, status }).problems).toEqual([]);
    expect(judge({ ...unseen, status }, false).problems).toEqual([]);
  });

  test("is a plan that is reached in days and in participants, or a test that was made", () => {
    const enough = { population: { subjects: 4_000, open: 0 } };
    expect(judge({ ...enough, pace: { ...planned, days: 0 } }).problems).toEqual([]);
    expect(judge({ population: { subjects: 3_999, open: 0 }, pace: planned }).problems).toEqual([]);
    expect(judge({ analysis: analysisOf({ isFinal: true }) }).problems).toEqual(["past_end"]);
  });
});

const harmed = { metric: "revenue", variant: "urgent", status: "worse" } as const;
test.each<[string, string[], Partial<StoredResult["metrics"][number]>, Partial<Analysed>]>([
  ["as the verdict does", ["Monthly revenue"], {}, {}],
  ["not by a guardrail that was chosen after the start", [], { isChosenAfterStart: true }, {}],
  ["not where the groups are not alike", [], {}, { split: { ...split, status: "off" } }],
])("a guardrail is said to be harmed %s", (_, names, mark, changes) => {
  const analysis = analysisOf({ guardrails: [harmed], ...changes });
  const metrics = aResult().metrics.map((one) => (one.key === harmed.metric ? { ...one, ...mark } : one));
  const health = judge({ analysis, metrics });
  expect(health.harmed).toEqual(names);
  expect(health.problems.includes("guardrail_harmed")).toBe(names.length > 0);
});
