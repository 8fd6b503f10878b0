import type { MetricPlanning } from "../metrics/planned";
import type { ExperimentStats, SubjectStats, WithheldUntil } from "../types/stats";
import type { StoredResult } from "./types";
import { type Asked, listWithheldEvents } from "./withholding";

/** Counts of everything by variant, as they were recorded. */
export interface AllCounts extends Pick<ExperimentStats, "imported" | "mixed" | "countedAt"> {
  variants: (SubjectStats & { variant: string })[];
}

/** All counts, for experiments that are over and for looks that were recorded. */
export function tellAllCounts(counts: AllCounts): ExperimentStats {
  return { ...counts, total: sumVariants(counts), withheldUntil: null };
}

/** Totals, who was assigned and exposed by variant, and of conversions by variant what does not have to wait. */
export function tellReadableCounts(
  counts: AllCounts,
  asked: Asked,
  planning: Pick<MetricPlanning, "metrics">,
): ExperimentStats {
  const all = tellAllCounts(counts);
  const events = all.total.events.map(({ event }) => event);
  const isHidden = listWithheldEvents([...events, ANY_OTHER], asked, planning);
  if (events.length === 0 || !events.some((event) => isHidden.has(event)))
    return { ...all, withheldUntil: isHidden.has(ANY_OTHER) ? findWithheldUntil(asked.result) : null };
  return {
    ...all,
    variants: counts.variants.map(({ variant, assigned, exposed, events: counted }) => ({
      variant,
      assigned,
      exposed,
      // Together with what is told of the others, it would tell the rest.
      converted: null,
      // One line for every event: a missing line would tell that nobody converted.
      events: events.map((event) => ({
        event,
        converted: isHidden.has(event) ? null : (counted.find((one) => one.event === event)?.converted ?? 0),
      })),
    })),
    withheldUntil: isHidden.has(ANY_OTHER)
      ? findWithheldUntil(asked.result)
      : { code: "metrics", events: events.filter((event) => isHidden.has(event)) },
  };
}

/** Stands for what no metric counts; no event can be named like that. */
const ANY_OTHER = "";

function sumVariants({ variants }: AllCounts): SubjectStats {
  const sum = (of: (variant: AllCounts["variants"][number]) => number) =>
    variants.reduce((total, variant) => total + of(variant), 0);
  const events = new Map<string, number>();
  for (const { event, converted } of variants.flatMap((variant) => variant.events))
    events.set(event, (events.get(event) ?? 0) + converted);
  return {
    assigned: sum(({ assigned }) => assigned),
    exposed: sum(({ exposed }) => exposed),
    converted: sum(({ converted }) => converted),
    events: [...events]
      .map(([event, converted]) => ({ event, converted }))
      .sort((a, b) => a.event.localeCompare(b.event)),
  };
}

function findWithheldUntil(result: StoredResult | null): WithheldUntil {
  if (result === null) return { code: "first_result" };
  if (!result.metrics.some(({ role }) => role === "primary")) return { code: "end" };
  const verdict = result.analysis?.verdict;
  if (verdict === undefined) return { code: "first_result" };
  const reasons = (result.analysis?.metrics ?? []).flatMap(({ metric, comparisons }) =>
    metric.role === "primary"
      ? comparisons.flatMap((one) => (one.status === "withheld" ? [one.reason] : []))
      : [],
  );
  const planned = reasons.find((reason) => reason.code === "before_planned_end");
  if (planned?.code === "before_planned_end")
    return { code: "planned_end", unitsToGo: planned.unitsToGo, daysToGo: planned.daysToGo };
  const { unitsToGo, daysToGo } = verdict.code === "too_early" ? verdict : { unitsToGo: 0, daysToGo: null };
  return { code: "enough_data", unitsToGo, daysToGo };
}
