import { DAY_MS } from "@calcom/lib/time";
import type { PlannedMetric } from "../metrics/planned";
import { metricKinds } from "../types/metric-kind";
import { type Cut, isBefore, type Recount } from "./recount-rows";
import type { ExposureDay, NoveltyDay } from "./types";

// What describes an experiment and decides nothing.

/** New exposures by UTC day, without gaps. */
export function buildExposureSeries({ population }: Recount): ExposureDay[] {
  const days = new Map<string, Record<string, number>>();
  for (const { day, variant, n } of population) {
    if (day === null) continue;
    const exposed = days.get(day) ?? {};
    exposed[variant] = (exposed[variant] ?? 0) + n;
    days.set(day, exposed);
  }
  const known = [...days.keys()].sort();
  const [first, last] = [known[0], known.at(-1)];
  if (first === undefined || last === undefined) return [];
  const series: ExposureDay[] = [];
  for (let day = first; day <= last; day = dayAfter(day)) series.push({ day, exposed: days.get(day) ?? {} });
  return series;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10);
}

/** Of subjects whose window has closed, so that all of them were there on each of its days. */
export function readNovelty(
  recount: Recount,
  metrics: readonly PlannedMetric[],
  { windowDays, cut }: { windowDays: number; cut: Cut },
): NoveltyDay[] {
  const subjects = new Map<string, number>();
  for (const { variant, day, n } of recount.population)
    if (isBefore(day, cut)) subjects.set(variant, (subjects.get(variant) ?? 0) + n);
  return metrics
    .filter(({ metric }) => metricKinds[metric.kind].isSumOfDays)
    .flatMap(({ metric }) =>
      [...subjects].flatMap(([variant, count]) =>
        Array.from({ length: windowDays }, (_, day) => ({
          metric: metric.key,
          variant,
          day,
          subjects: count,
          value:
            recount.novelty.find(
              (row) => row.metric === metric.key && row.variant === variant && row.day === day,
            )?.value ?? 0,
        })),
      ),
    );
}
