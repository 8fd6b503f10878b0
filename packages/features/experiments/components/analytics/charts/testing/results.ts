import { DAY_MS } from "@calcom/lib/time";
import type { Interval } from "@calcom/statistics";
import type { EffectPoint, Segment, StoredResult } from "../../../../results/types";

export const FIRST_DAY = "2026-11-03";
const at = (days: number) => new Date(Date.parse(FIRST_DAY) + days * DAY_MS).toISOString();

export const between = (low: number | null, high: number | null): Interval => ({ low, high, level: 0.95 });

export function aLook(days: number, changes: Partial<EffectPoint> = {}): EffectPoint {
  return {
    at: at(days),
    metric: "upgrade",
    variant: "urgent",
    lift: 0.245,
    interval: between(0.065, 0.45),
    pAdjusted: 0.012,
    ...changes,
  };
}

export function aSegment(fact: string, value: string, changes: Partial<Segment> = {}): Segment {
  return {
    fact,
    value,
    metric: "upgrade",
    variants: [
      { variant: "urgent", subjects: 1_000, converted: 122, mean: 0.122 },
      { variant: "control", subjects: 980, converted: 96, mean: 96 / 980 },
    ],
    ...changes,
  };
}

/** Three days of an experiment, with all that charts draw. */
export function aResult(changes: Partial<StoredResult> = {}): StoredResult {
  return {
    format: 1,
    slug: "upgrade-button-test",
    asOf: "2026-11-05T12:30:00.000Z",
    look: at(2),
    status: "running",
    unit: "user",
    control: "control",
    variants: ["urgent", "control"],
    windowDays: 2,
    startedAt: "2026-11-03T09:00:00.000Z",
    endedAt: null,
    settings: { mode: "sequential", plannedSubjects: 4_000, minimumRuntimeDays: 1 },
    plannedSubjects: 4_000,
    exposed: { urgent: 310, control: 290 },
    leftOut: { imported: 0, mixed: 0, notExposed: 0, immature: 0, afterPlannedEnd: 0, erased: 0 },
    split: [],
    metrics: [
      { key: "upgrade", name: "Upgrade", role: "primary", kind: "conversion", version: "1", epochs: [] },
      { key: "revenue", name: "Monthly revenue", role: "secondary", kind: "mean", version: "1", epochs: [] },
    ],
    unknownMetrics: [],
    analysis: {
      verdict: { code: "keep_going", unitsToGo: 3_400, daysToGo: 12 },
      split: {
        status: "as_planned",
        p: 1,
        variants: [
          { variant: "urgent", observed: 310, expected: 300 },
          { variant: "control", observed: 290, expected: 300 },
        ],
        once: { method: "chi_square", statistic: 0.67, df: 1, p: 0.41 },
        impossible: [],
        byEpoch: [],
      },
      metrics: [
        {
          metric: {
            id: "upgrade",
            kind: "rate",
            direction: "increase",
            role: "primary",
            minimumEffect: 0.05,
          },
          mode: "sequential",
          arms: [],
          comparisons: [],
          varianceReduction: null,
        },
      ],
      guardrails: [],
      isFinal: false,
      state: { smallestP: {}, smallestSplitP: 1 },
    },
    series: {
      exposures: [
        { day: "2026-11-03", exposed: { urgent: 100, control: 90 } },
        { day: "2026-11-04", exposed: { urgent: 150, control: 150 } },
        { day: "2026-11-05", exposed: { urgent: 60, control: 50 } },
      ],
      effects: [aLook(1, { lift: 0.4, interval: between(-0.9, null), pAdjusted: 1 }), aLook(2)],
    },
    novelty: [0, 1].flatMap((day) =>
      ["urgent", "control"].flatMap((variant) => [
        { metric: "upgrade", variant, day, subjects: 200, value: variant === "urgent" ? 24 - day * 20 : 18 },
        { metric: "revenue", variant, day, subjects: 200, value: 240.5 },
      ]),
    ),
    segments: [aSegment("country", "DE"), aSegment("plan", "individual"), aSegment("plan", "teams")],
    chain: { basis: "", state: null },
    tookMs: 12,
    ...changes,
  };
}
