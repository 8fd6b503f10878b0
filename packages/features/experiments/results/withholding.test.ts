import type { MetricResult, Verdict, WithheldReason } from "@calcom/statistics";
import { describe, expect, test } from "vitest";
import { aResult } from "../components/analytics/charts/testing/results";
import type { Metric } from "../metrics/define-metric";
import { defineEventMetric, defineMetric } from "../metrics/define-metric";
import type { PlannedMetric } from "../metrics/planned";
import type { Status } from "../types/settings";
import { type AllCounts, tellReadableCounts } from "./readable-counts";
import type { StoredResult } from "./types";
import { withholdResult } from "./withhold";
import { findWithholding } from "./withholding";

const KEEP_GOING: Verdict = { code: "keep_going", unitsToGo: 100, daysToGo: 3 };
const FEW: WithheldReason = { code: "too_few_conversions", conversions: 7, needed: 10 };
const LATER: WithheldReason = { code: "before_planned_end", unitsToGo: 100, daysToGo: 3 };

const bought = defineEventMetric("bought");
const revenue = defineMetric({
  key: "revenue",
  name: "Revenue",
  kind: "mean",
  source: { events: ["bought"], take: "value" },
});
const refunds = defineMetric({
  key: "refunds",
  name: "Refunds",
  kind: "ratio",
  numerator: { events: ["refunded"] },
  denominator: { events: ["bought", "renewed"] },
});

type Outcome = WithheldReason | "compared";

function metricResult({ key }: Metric, role: MetricResult["metric"]["role"], outcome: Outcome): MetricResult {
  const [compared] = aResult().analysis?.metrics[0]?.comparisons ?? [];
  return {
    metric: { id: key, kind: "rate", direction: "increase", role, minimumEffect: null },
    mode: "sequential",
    arms: [],
    comparisons: [
      outcome === "compared"
        ? ({ ...compared, status: "compared", variant: "urgent" } as MetricResult["comparisons"][number])
        : { status: "withheld", variant: "urgent", reason: outcome },
    ],
    varianceReduction: null,
  };
}

type Planned = [metric: Metric, role: PlannedMetric["role"], outcome: Outcome];

function resultOf(planned: readonly Planned[], verdict: Verdict = KEEP_GOING): StoredResult {
  const result = aResult();
  if (result.analysis === null) throw new Error("It has an analysis.");
  return {
    ...result,
    metrics: planned.map(([{ key, name, kind }, role]) => ({
      key,
      name,
      role,
      kind,
      version: "1",
      epochs: [],
    })),
    analysis: { ...result.analysis, verdict, metrics: planned.map((one) => metricResult(...one)) },
  };
}

const counts: AllCounts = {
  variants: ["control", "urgent"].map((variant, index) => ({
    variant,
    assigned: 100,
    exposed: 90,
    converted: 30 + index,
    events: ["bought", "refunded", "renewed", "seen"].map((event) => ({ event, converted: 20 + index })),
  })),
  countedAt: null,
  imported: 0,
  mixed: 0,
};

function hidden(
  planned: readonly Planned[],
  verdict?: Verdict,
  asked: { status?: Status; endedAt?: string } = {},
) {
  const { status = "running", endedAt = null } = asked;
  const stats = tellReadableCounts(
    counts,
    { status, endedAt, result: resultOf(planned, verdict) },
    { metrics: planned.map(([metric, role]) => ({ metric, role })) },
  );
  expect(stats.total).toMatchObject({
    converted: 61,
    events: [{ event: "bought", converted: 41 }, {}, {}, {}],
  });
  expect(stats.variants.map(({ exposed }) => exposed)).toEqual([90, 90]);
  const events = stats.variants[0]?.events.filter(({ converted }) => converted === null) ?? [];
  expect(stats.variants[0]?.converted === null).toBe(events.length > 0);
  expect(stats.withheldUntil === null).toBe(events.length === 0);
  return events.map(({ event }) => event);
}

const ALL = ["bought", "refunded", "renewed", "seen"];

describe("of conversions by variant", () => {
  test.each<[string, Planned[], Verdict | undefined, string[]]>([
    ["nothing waits once the primary metric is compared", [[bought, "primary", "compared"]], undefined, []],
    [
      "all wait while the primary metric does",
      [
        [bought, "primary", FEW],
        [refunds, "secondary", "compared"],
      ],
      undefined,
      ALL,
    ],
    [
      "all wait before a planned end, also where the split is off",
      [[bought, "primary", LATER]],
      { code: "split_is_off", p: 0, variants: [] },
      ALL,
    ],
    [
      "all wait while a guardrail says stop before the planned end",
      [
        [bought, "primary", LATER],
        [refunds, "guardrail", "compared"],
      ],
      { code: "no_answer", reason: LATER },
      ALL,
    ],
    [
      "the events of a secondary metric that is too early wait, on both sides of a ratio",
      [
        [defineEventMetric("seen"), "primary", "compared"],
        [refunds, "secondary", FEW],
      ],
      undefined,
      ["bought", "refunded", "renewed"],
    ],
    [
      "an event that a compared metric counts too waits for the one that is not",
      [
        [bought, "primary", "compared"],
        [revenue, "secondary", FEW],
      ],
      undefined,
      ["bought"],
    ],
    [
      "without a primary metric all wait but what a compared metric counts",
      [[revenue, "secondary", "compared"]],
      undefined,
      ["refunded", "renewed", "seen"],
    ],
    ["without any metric all wait", [], undefined, ALL],
    [
      "nothing waits for what no time will bring",
      [[bought, "primary", { code: "no_common_epoch", variant: "urgent" }]],
      undefined,
      [],
    ],
  ])("%s", (_, planned, verdict, expected) => {
    expect(hidden(planned, verdict)).toEqual(expected);
  });

  test.each<[Status, string | undefined]>([
    ["concluded", "2026-11-20T10:00:00.000Z"],
    ["archived", "2026-11-20T10:00:00.000Z"],
    ["archived", undefined],
  ])("nothing waits of what is %s", (status, endedAt) => {
    const asked = endedAt === undefined ? { status } : { status, endedAt };
    expect(hidden([[bought, "primary", LATER]], LATER as Verdict, asked)).toEqual([]);
  });

  test.each<Status>(["running", "paused", "off", "draft"])(
    "all wait of what is %s and was never computed",
    (status) => {
      const stats = tellReadableCounts(
        counts,
        { status, endedAt: null, result: null },
        { metrics: [{ metric: bought, role: "primary" }] },
      );
      expect(
        stats.variants.flatMap(({ converted, events }) => [converted, ...events.map((one) => one.converted)]),
      ).toEqual(Array(10).fill(null));
      expect(stats.withheldUntil).toEqual({ code: "first_result" });
    },
  );

  test("a metric that the newest result does not know has not been compared", () => {
    const stats = tellReadableCounts(
      counts,
      { status: "running", endedAt: null, result: resultOf([[bought, "primary", "compared"]]) },
      { metrics: [{ metric: revenue, role: "primary" }] },
    );
    expect(stats.variants.map(({ converted }) => converted)).toEqual([null, null]);
  });

  test("an event that one variant never had has its line in each, so that no absence tells it", () => {
    const [control, urgent] = counts.variants;
    if (control === undefined || urgent === undefined) throw new Error("There are two.");
    const uneven = { ...counts, variants: [{ ...control, events: [] }, urgent] };
    const stats = tellReadableCounts(
      uneven,
      { status: "running", endedAt: null, result: null },
      { metrics: [] },
    );
    expect(stats.variants[0]?.events).toEqual(stats.variants[1]?.events);
  });
});

describe("of three variants", () => {
  test("the conversions of a pair are rounded: pairs and total would tell each variant's own", () => {
    const result = {
      ...resultOf([[bought, "primary", FEW]], {
        code: "too_early",
        unitsToGo: 0,
        conversionsToGo: 3,
        daysToGo: 1,
      }),
      variants: ["control", "urgent", "calm"],
    };
    const withholding = findWithholding({ status: "running", endedAt: null, result });
    if (withholding === null) throw new Error("It is withheld.");
    const { analysis } = withholdResult(result, withholding);
    expect(analysis?.metrics[0]?.comparisons[0]).toMatchObject({ reason: { conversions: 5, needed: 10 } });
    expect(analysis?.verdict).toMatchObject({ conversionsToGo: 5 });
  });
});

test("harm is told before its time: its verdict and its guardrail, and no figure of any variant", () => {
  const effect = {
    metric: "refunds",
    variant: "urgent",
    scale: "lift" as const,
    low: 0.1,
    high: 0.4,
    level: 0.95,
    pAdjusted: 0.001,
  };
  const stored = resultOf(
    [
      [bought, "primary", LATER],
      [refunds, "guardrail", "compared"],
    ],
    { code: "guardrail_worse", effect },
  );
  const result: StoredResult = {
    ...stored,
    analysis: stored.analysis && {
      ...stored.analysis,
      guardrails: [
        { metric: "refunds", variant: "urgent", status: "worse" },
        { metric: "others", variant: "urgent", status: "fine" },
      ],
    },
  };
  const withholding = findWithholding({ status: "running", endedAt: null, result });
  expect(withholding?.isAll).toBe(true);
  const { analysis } = withholdResult(result, withholding ?? { isAll: true, metrics: new Set() });
  expect(analysis?.verdict).toEqual({ code: "guardrail_worse", effect });
  expect(analysis?.guardrails[0]?.status).toBe("worse");
  expect(analysis?.metrics.flatMap(({ comparisons }) => comparisons.map(({ status }) => status))).toEqual([
    "withheld",
    "withheld",
  ]);
});
