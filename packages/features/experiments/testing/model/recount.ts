import { DAY_MS } from "@calcom/lib/time";
import { tellAllCounts } from "../../results/readable-counts";
import type { ExperimentStats } from "../../types/stats";
import { inOrder, isWaiting, type Model, type ModelExperiment, type ModelRow } from "./model";

export const WINDOW_DAYS = 14;

/** The counts of an experiment, from its rows, as the words of the documentation have it: slow and plain. */
export function recount(model: Model, experiment: ModelExperiment): ExperimentStats {
  const people = new Map<unknown, ModelRow[]>();
  const counted = experiment.rows.filter((row) => !isWaiting(row));
  for (const row of counted.map((one) => untilEnd(experiment, one))) {
    const person = personOf(model, row);
    people.set(person, [...(people.get(person) ?? []), row]);
  }
  const compared: { subject: ModelRow; events: Set<string> }[] = [];
  let mixed = 0;
  for (const rows of people.values()) {
    const seen = rows.filter(({ isExposed }) => isExposed);
    if (new Set(seen.map(({ variant }) => variant)).size > 1) mixed++;
    const [subject] = rows.toSorted(inOrder) as [ModelRow];
    compared.push({ subject, events: eventsThatCount(experiment, subject, rows) });
  }
  const variants = Object.keys(experiment.weights).map((variant) => {
    const own = compared.filter(({ subject }) => subject.variant === variant);
    const events = [...new Set(own.flatMap(({ events }) => [...events]))].sort();
    return {
      variant,
      assigned: own.length,
      exposed: own.filter(({ subject }) => subject.isExposed).length,
      converted: own.filter(({ events }) => events.size > 0).length,
      events: events.map((event) => ({
        event,
        converted: own.filter((entry) => entry.events.has(event)).length,
      })),
    };
  });
  return tellAllCounts({ variants, imported: 0, mixed, countedAt: null });
}

/** What was seen after the end was not seen as far as the experiment goes. */
function untilEnd({ endedAt }: ModelExperiment, row: ModelRow): ModelRow {
  const isTooLate = endedAt !== null && row.exposedAt !== null && row.exposedAt >= endedAt;
  return isTooLate ? { ...row, isExposed: false, exposedAt: null } : row;
}

function personOf(model: Model, row: ModelRow): unknown {
  if (row.erasedPerson !== null) return `erased ${row.erasedPerson}`;
  const [unit, id = ""] = row.subject?.split(":") ?? [];
  return (unit === "visitor" ? model.links.get(id) : undefined) ?? row;
}

function eventsThatCount({ endedAt }: ModelExperiment, subject: ModelRow, rows: ModelRow[]): Set<string> {
  if (subject.exposedAt === null) return new Set();
  const from = Number(subject.exposedAt);
  const until = Math.min(from + WINDOW_DAYS * DAY_MS, endedAt === null ? Infinity : Number(endedAt));
  const conversions = rows.flatMap((row) => row.conversions);
  const counting = conversions.filter(
    ({ occurredAt }) => Number(occurredAt) >= from && Number(occurredAt) < until,
  );
  return new Set(counting.map(({ event }) => event));
}
