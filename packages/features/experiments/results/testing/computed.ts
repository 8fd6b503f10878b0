import { DAY_MS } from "@calcom/lib/time";
import { analyseExperiment } from "@calcom/statistics";
import { defineEventMetric } from "../../metrics/define-metric";
import { aConfig } from "../../testing/builders";
import type { Epoch } from "../../types/admin";
import type { ExperimentConfig } from "../../types/config";
import type { Computation } from "../computation";
import { computeResult } from "../recount/compute";
import type { MomentsRow, PopulationRow, Recount } from "../recount-rows";
import type { StoredResult } from "../types";

const START = Date.UTC(2026, 8, 1);
export const WINDOW_DAYS = 7;
export const metric = defineEventMetric("bought");
const weights = { control: 50, urgent: 50 };
export const epochs: Epoch[] = [
  {
    number: 1,
    weights,
    trafficPercentage: 100,
    startedAt: new Date(START),
    endedAt: null,
  },
];
const dayOf = (index: number) => new Date(START + index * DAY_MS).toISOString().slice(0, 10);
export const at = (day: number) => new Date(START + day * DAY_MS);

/** `perDay` subjects of each variant on each of so many days, of whom those shares convert. */
export function traffic(days: number, perDay: number, rates: Record<string, number>): Recount {
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

export function computed(
  recount: Recount,
  asOf: Date,
  {
    previous = null,
    epochs: recorded = epochs,
    planning = { metrics: [{ metric, role: "primary" }], unknown: [], broken: [] },
    ...changes
  }: Partial<ExperimentConfig> & Partial<Pick<Computation, "previous" | "planning" | "epochs">> = {},
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
    epochs: recorded,
    planning,
    recount,
    asOf,
    previous,
    analyse: analyseExperiment,
  };
  return computeResult(computation).then((result): StoredResult => ({ ...result, tookMs: 1 }));
}
