import { describe, expect, test } from "vitest";
import { eventMetric } from "../metrics/define-metric";
import { aConfig } from "../testing/builders";
import type { ExperimentConfig } from "../types";
import { analyseExperiment } from "../utils/statistics/experiment";
import { type Computation, computeResult } from "./compute";
import type { MomentsRow, PopulationRow, Recount } from "./grid";
import { DAY_MS } from "./looks";
import type { StoredResult } from "./types";

const START = Date.UTC(2026, 8, 1);
const WINDOW_DAYS = 7;
const metric = eventMetric("bought");
const weights = { control: 50, urgent: 50 };
const dayOf = (index: number) => new Date(START + index * DAY_MS).toISOString().slice(0, 10);
const at = (day: number) => new Date(START + day * DAY_MS);

/** `perDay` subjects of each variant on each of so many days, of whom those shares convert. */
function traffic(days: number, perDay: number, rates: Record<string, number>): Recount {
  const population: PopulationRow[] = [];
  const moments: MomentsRow[] = [];
  for (let day = 0; day < days; day++)
    for (const [variant, rate] of Object.entries(rates)) {
      const row = { epoch: 1, variant, day: dayOf(day) };
      population.push({ ...row, n: perDay });
      const n = Math.round(perDay * rate);
      const none = { xMean: 0, xM2: 0, comoment: 0 };
      if (n > 0) moments.push({ ...row, ...none, metric: metric.key, n, conversions: n, yMean: 1, yM2: 0 });
    }
  return { imported: 0, mixed: 0, population, erased: [], moments, novelty: [], segments: [] };
}

function computed(
  recount: Recount,
  asOf: Date,
  { previous = null, ...changes }: Partial<ExperimentConfig> & { previous?: StoredResult | null } = {},
) {
  const computation: Computation = {
    slug: "upgrade",
    config: aConfig({
      status: "running",
      variants: Object.entries(weights).map(([name, percentage]) => ({ name, percentage })),
      startedAt: new Date(START).toISOString(),
      conversionWindowDays: WINDOW_DAYS,
      analysis: { mode: "sequential", plannedSubjects: 4_000, minimumRuntimeDays: 7 },
      ...changes,
    }),
    epochs: [{ number: 1, weights, trafficPercentage: 100, startedAt: new Date(START), endedAt: null }],
    planning: { metrics: [{ metric, role: "primary" }], unknown: [] },
    recount,
    asOf,
    previous,
    analyse: analyseExperiment,
  };
  return computeResult(computation).then((result): StoredResult => ({ ...result, tookMs: 1 }));
}

describe("a test at a planned end", () => {
  const fixed = { analysis: { mode: "fixed", plannedSubjects: 2_000, minimumRuntimeDays: 14 } } as const;
  const rates = { control: 0.1, urgent: 0.15 };

  test("is made once, and goes on to show what it was made from, whatever comes later", async () => {
    const first = await computed(traffic(18, 100, rates), at(18), fixed);
    expect(first.analysis).toMatchObject({ isFinal: true });
    expect(first.look).toBe(at(17).toISOString());
    const grown = traffic(40, 130, { control: 0.1, urgent: 0.1 });
    const later = await computed(grown, at(40), { ...fixed, previous: first });
    expect(later.analysis).toEqual(first.analysis);
    expect(later.look).toBe(first.look);
    expect(later.metrics[0]?.epochs).toEqual(first.metrics[0]?.epochs);
    expect(later.leftOut).toMatchObject({ immature: 7 * 260, afterPlannedEnd: (40 - 7 - 10) * 260 });
  });

  test("is not made again where subjects turn out to be fewer than they were", async () => {
    const first = await computed(traffic(18, 100, rates), at(18), fixed);
    const shrunk = await computed(traffic(19, 60, rates), at(19), { ...fixed, previous: first });
    expect(shrunk.analysis).toEqual(first.analysis);
  });

  test("waits where too few have converted by then, and is made when enough have", async () => {
    const rare = { control: 0.002, urgent: 0.002 };
    const atPlan = await computed(traffic(18, 100, rare), at(18), fixed);
    expect(atPlan.analysis?.verdict.code).toBe("too_early");
    const often = await computed(traffic(60, 500, rare), at(60), { ...fixed, previous: atPlan });
    expect(often.analysis).toMatchObject({ isFinal: true, verdict: { code: "no_clear_difference" } });
  });

  test("is made at the end of an experiment that was concluded before its plan was reached", async () => {
    const endedAt = at(10.5).toISOString();
    const over = { ...fixed, status: "concluded" as const, endedAt };
    const result = await computed(traffic(11, 60, rates), at(12), over);
    expect(result.analysis).toMatchObject({ isFinal: true, verdict: { code: "better" } });
    expect(result.look).toBe(endedAt);
  });
});

describe("what is foretold", () => {
  const equal = { control: 0.1, urgent: 0.1 };

  test("goes by the exposures of a day, and by nothing while the experiment is paused", async () => {
    const running = await computed(traffic(10, 50, equal), at(10));
    expect(running.analysis?.verdict).toEqual({ code: "keep_going", unitsToGo: 3_700, daysToGo: 37 });
    const paused = await computed(traffic(10, 50, equal), at(10), { status: "paused" });
    expect(paused.analysis?.verdict).toMatchObject({ code: "keep_going", daysToGo: null });
  });

  test("is nothing once the experiment has ended", async () => {
    const endedAt = at(9.5).toISOString();
    const over = await computed(traffic(10, 50, equal), at(11), { status: "concluded", endedAt });
    expect(over.analysis?.verdict.code).toBe("no_clear_difference");
  });
});

test("an experiment that is older than its start is kept is as old as its first epoch", async () => {
  const legacy = await computed(traffic(20, 200, { control: 0.1, urgent: 0.2 }), at(20), { startedAt: null });
  expect(legacy.analysis?.verdict.code).toBe("better");
});

test("of whoever came shortly before the end, no day is shown that they did not have", async () => {
  const endedAt = at(20).toISOString();
  const over = await computed(traffic(20, 10, { control: 0.1, urgent: 0.1 }), at(21), {
    status: "concluded",
    endedAt,
  });
  expect(new Set(over.novelty.map(({ subjects }) => subjects))).toEqual(new Set([(20 - WINDOW_DAYS) * 10]));
});
