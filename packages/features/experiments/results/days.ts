import type { Metric } from "../metrics/define-metric";
import { buildEpochs } from "./grid";
import { type Cut, isBefore, type Recount } from "./recount-rows";
import type { MetricDays } from "./types";

/** What subjects of each day of exposure brought, for whoever asks for some of the days. */
export function buildDays(recount: Recount, metrics: readonly Metric[], cut: Cut): MetricDays[] {
  const days = [...new Set(recount.population.map(({ day }) => day))]
    .filter((day) => isBefore(day, cut))
    .sort();
  const rowsOf = new Map(days.map((day) => [day, takeDay(recount, day)]));
  return metrics.flatMap((metric) => {
    const found = new Map<string, MetricDays>();
    for (const [day, rows] of rowsOf)
      for (const { epoch, arms } of buildEpochs(rows, metric, new Map(), null))
        for (const [variant, arm] of Object.entries(arms)) {
          const key = `${epoch} ${variant}`;
          const series = found.get(key) ?? { metric: metric.key, epoch, variant, days: {} };
          found.set(key, series);
          const { n } = arm;
          if (arm.kind === "rate") series.days[day] = [n, arm.conversions, n];
          if (arm.kind === "mean") series.days[day] = [n, arm.value.mean * n, n];
          if (arm.kind === "ratio") series.days[day] = [n, arm.numerator.mean * n, arm.denominator.mean * n];
        }
    return [...found.values()];
  });
}

function takeDay(recount: Recount, day: string): Recount {
  const ofDay = (row: { day: string | null }) => row.day === day;
  return {
    ...recount,
    population: recount.population.filter(ofDay),
    erased: recount.erased.filter(ofDay),
    moments: recount.moments.filter(ofDay),
  };
}
