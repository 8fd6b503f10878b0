import type { Analysis, AnalysisInput, Effect, Verdict } from "@calcom/statistics";
import { describe, expect, test } from "vitest";
import { defineMetric } from "../metrics/define-metric";
import type { MetricPlanning } from "../metrics/planned";
import type { Recount } from "./recount-rows";
import { at, computed, metric, traffic, WINDOW_DAYS } from "./testing/computed";
import type { StoredResult } from "./types";
import { withholdResult } from "./withhold";
import { findWithholding } from "./withholding";

const DAYS = 24;
const FIXED = { analysis: { mode: "fixed", plannedSubjects: 2_000, minimumRuntimeDays: 10 } } as const;
/** Read from the application's own tables, where nobody is found who was erased. */
const revenue = defineMetric({
  key: "revenue",
  name: "Revenue",
  kind: "mean",
  source: { query: { user: "SELECT 1" } },
});
const perSeat = defineMetric({
  key: "per-seat",
  name: "Revenue per seat",
  kind: "ratio",
  numerator: { query: { user: "SELECT 1" } },
  denominator: { query: { user: "SELECT 1" } },
});

/** 100 subjects of each variant a day; of each day's some were erased since, in some variants. */
function recountOf(erased: Record<string, number>, days = DAYS): Recount {
  const recount = traffic(days, 100, { control: 0.1, urgent: 0.15 });
  const { population, moments } = recount;
  return {
    ...recount,
    erased: population.map((row) => ({ ...row, n: erased[row.variant] ?? 0 })),
    moments: [
      ...moments,
      ...population.flatMap((row) =>
        [revenue, perSeat].map(({ key }) => ({
          ...row,
          day: row.day ?? "",
          metric: key,
          n: row.n - (erased[row.variant] ?? 0),
          conversions: 90,
          yMean: 5,
          yM2: 400,
          yMin: 0,
          xMean: 2,
          xM2: 100,
          xMin: 0,
          comoment: 50,
        })),
      ),
    ],
  };
}

const WITH_SECONDARIES: MetricPlanning = {
  metrics: [
    { metric, role: "primary" },
    { metric: revenue, role: "secondary" },
    { metric: perSeat, role: "secondary" },
  ],
  unknown: [],
  broken: [],
};
const QUERY_FIRST: MetricPlanning = {
  metrics: [
    { metric: revenue, role: "primary" },
    { metric, role: "secondary" },
  ],
  unknown: [],
  broken: [],
};

const reasonsOf = ({ metrics }: Analysis) =>
  metrics.flatMap(({ comparisons }) =>
    comparisons.map((one) => (one.status === "withheld" ? one.reason.code : one.status)),
  );

/** All that a reader may have of a result. */
function readable(result: StoredResult): { isWithheld: boolean; shown: Analysis } {
  const withholding = findWithholding({ status: "running", endedAt: null, result });
  const shown = withholding === null ? result.analysis : withholdResult(result, withholding).analysis;
  if (shown === null) throw new Error("There was a look.");
  return { isWithheld: withholding !== null, shown };
}

describe("a plan is reached by all metrics on the same day", () => {
  test.each<[string, Record<string, number>, MetricPlanning]>([
    ["nobody was erased", {}, WITH_SECONDARIES],
    ["one a day was erased", { control: 1 }, WITH_SECONDARIES],
    ["a third of one variant was erased", { urgent: 33 }, WITH_SECONDARIES],
    ["the primary metric is the one that misses them", { control: 20, urgent: 20 }, QUERY_FIRST],
  ])("where %s", async (_, erased, planning) => {
    let previous: StoredResult | null = null;
    const looks: string[] = [];
    for (let day = WINDOW_DAYS + 1; day <= DAYS; day++) {
      const result: StoredResult = await computed(recountOf(erased, day), at(day), {
        ...FIXED,
        planning,
        previous,
      });
      previous = result;
      if (result.analysis === null) continue;
      const { isWithheld, shown } = readable(result);
      const reasons = new Set(reasonsOf(result.analysis));
      // Ten days through their windows of seven, of 200 a day.
      expect([...reasons], `day ${day}`).toEqual([day < 17 ? "before_planned_end" : "compared"]);
      expect([isWithheld, shown.isFinal]).toEqual([day < 17, day >= 17]);
      looks.push(result.look ?? "");
    }
    expect(looks.at(-1)).toBe(at(17).toISOString());
  });

  test("also of a metric that is added when the test was made", async () => {
    const recount = recountOf({ control: 1 });
    const before = await computed(recount, at(20), FIXED);
    const planning: MetricPlanning = {
      ...WITH_SECONDARIES,
      metrics: WITH_SECONDARIES.metrics.map((one) =>
        one.role === "primary" ? one : { ...one, isChosenAfterStart: true },
      ),
    };
    const after = await computed(recount, at(20), { ...FIXED, planning, previous: before });
    expect(after.look).toBe(before.look);
    expect(after.analysis && reasonsOf(after.analysis)).toEqual(["compared", "compared", "compared"]);
    expect(after.analysis?.metrics[0]?.comparisons).toEqual(before.analysis?.metrics[0]?.comparisons);
  });

  test("and a test that was made hides nothing, whatever was not compared in it", async () => {
    const result = await computed(recountOf({}), at(20), FIXED);
    const metrics = result.analysis?.metrics ?? [];
    const rest: Analysis["metrics"] = metrics.map((one) => ({
      ...one,
      metric: { ...one.metric, id: "rare", role: "secondary" },
      comparisons: [
        {
          status: "withheld",
          variant: "urgent",
          reason: { code: "too_few_conversions", conversions: 3, needed: 10 },
        },
      ],
    }));
    const mixed = {
      ...result,
      analysis: result.analysis && { ...result.analysis, metrics: [...metrics, ...rest] },
    };
    expect(findWithholding({ status: "running", endedAt: null, result: mixed })).toBeNull();
  });
});

const EFFECT: Effect = {
  metric: metric.key,
  variant: "urgent",
  scale: "lift",
  low: 0.1234,
  high: 0.4321,
  level: 0.95,
  pAdjusted: 0.00123,
};
const DECIDED: Verdict[] = [
  { code: "better", effects: [EFFECT] },
  { code: "worse", effects: [EFFECT] },
  { code: "mixed", better: EFFECT, worse: EFFECT },
  { code: "no_longer_clear", effect: EFFECT },
  { code: "no_difference_that_matters", low: 0.1234, high: 0.4321, minimumEffect: 0.2 },
  { code: "no_clear_difference", scale: "lift", low: 0.1234, high: 0.4321 },
  { code: "keep_going", unitsToGo: 100, daysToGo: 1 },
];

describe("what is withheld tells no effect", () => {
  test.each(DECIDED)("whatever is wrong before it: $code", async (verdict) => {
    const result = await computed(recountOf({}), at(20), { planning: WITH_SECONDARIES });
    const analysis = result.analysis && { ...result.analysis, verdict };
    const isOpen = verdict.code === "keep_going";
    for (const isAll of [true, false]) {
      const metrics = new Set(isAll ? WITH_SECONDARIES.metrics.map((one) => one.metric.key) : [metric.key]);
      const shown = withholdResult({ ...result, analysis }, { isAll, metrics }).analysis;
      const hasEffects =
        !isOpen && !verdict.code.startsWith("no_clear") && !verdict.code.startsWith("no_difference");
      if (isAll || hasEffects) expect(shown?.verdict.code).toBe("no_answer");
      if (isAll) expect(JSON.stringify(shown)).not.toMatch(/0\.1234|0\.4321|"lift"|"compared"/);
    }
  });

  test("nor that anything was found, of which a guardrail says nothing", async () => {
    const result = await computed(recountOf({}), at(20), { planning: WITH_SECONDARIES });
    const reason = { code: "too_few_conversions", conversions: 3, needed: 10 } as const;
    const verdict: Verdict = {
      code: "no_answer",
      reason: { code: "guardrail_not_compared", metric: "refunds", variant: "urgent", reason },
    };
    const given = { ...result, analysis: result.analysis && { ...result.analysis, verdict } };
    const [all, one] = [
      { isAll: true, metrics: new Set(WITH_SECONDARIES.metrics.map(({ metric: { key } }) => key)) },
      { isAll: false, metrics: new Set(["refunds"]) },
    ];
    expect(JSON.stringify(withholdResult(given, all).analysis)).not.toContain("guardrail_not_compared");
    expect(withholdResult(given, one).analysis?.verdict).toEqual(verdict);
    const three = withholdResult({ ...given, variants: ["control", "urgent", "calm"] }, one);
    expect(three.analysis?.verdict).toMatchObject({ reason: { reason: { conversions: 0 } } });
  });

  test.each(["sequential", "fixed"] as const)(
    "nor do data that contradict themselves open it: %s",
    async (mode) => {
      const recount = recountOf({}, 12);
      const broken: Recount = {
        ...recount,
        moments: recount.moments.map((row) =>
          row.metric === revenue.key ? { ...row, yM2: Number.NaN } : row,
        ),
      };
      const analysis: StoredResult["settings"] = { ...FIXED.analysis, mode };
      for (const planning of [QUERY_FIRST, { ...QUERY_FIRST, metrics: QUERY_FIRST.metrics.slice(0, 1) }]) {
        const result = await computed(broken, at(12), { analysis, planning });
        expect(result.analysis?.verdict).toMatchObject({
          code: "no_answer",
          reason: { code: "invalid_data" },
        });
        expect(findWithholding({ status: "running", endedAt: null, result })?.isAll).toBe(true);
        const { shown } = readable(result);
        expect(JSON.stringify(shown.metrics)).not.toContain('"compared"');
      }
    },
  );
});

describe("what may last for ever withholds nothing else", () => {
  const others: AnalysisInput["metrics"][number]["metric"]["role"] = "secondary";
  test("where everybody converts", async () => {
    const recount = recountOf({});
    const all: Recount = {
      ...recount,
      moments: recount.moments.map((row) =>
        row.metric === metric.key ? { ...row, n: 100, conversions: 100 } : row,
      ),
    };
    const result = await computed(all, at(20), { planning: WITH_SECONDARIES });
    expect(result.analysis?.verdict).toMatchObject({
      code: "no_answer",
      reason: { code: "too_few_failures" },
    });
    expect(findWithholding({ status: "running", endedAt: null, result })).toBeNull();
    const compared = result.analysis?.metrics.filter(({ metric }) => metric.role === others);
    expect(compared?.flatMap(({ comparisons }) => comparisons.map(({ status }) => status))).toEqual([
      "compared",
      "compared",
    ]);
  });
});
