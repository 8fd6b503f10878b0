import { listSources } from "../metrics/define-metric";
import type { MetricPlanning } from "../metrics/planned";
import { type Asked, listWithheldEvents } from "./withholding";

/** Stands for what no metric counts; no event can be named like that. */
const ANY_OTHER = "";

export interface ReadableEvents<Event> {
  /** Those that may stand beside a variant. */
  events: Event[];
  /**
   * Whether others might, later on. It goes by what the experiment can count, never by what was recorded: else it would
   * tell that somebody has converted.
   */
  isWithheld: boolean;
}

/** Of what one subject has done, what may be told beside its variant: no more than counts by variant tell. */
export function tellReadableEvents<Event extends { event: string }>(
  recorded: readonly Event[],
  asked: Asked,
  { planning, clientEvents }: { planning: Pick<MetricPlanning, "metrics">; clientEvents: readonly string[] },
): ReadableEvents<Event> {
  const known = [...new Set([...clientEvents, ...listCounted(planning), ANY_OTHER])];
  const all = [...new Set([...known, ...recorded.map(({ event }) => event)])];
  const hidden = listWithheldEvents(all, asked, planning);
  return {
    events: recorded.filter(({ event }) => !hidden.has(event)),
    isWithheld: known.some((event) => hidden.has(event)),
  };
}

function listCounted({ metrics }: Pick<MetricPlanning, "metrics">): string[] {
  return metrics
    .flatMap(({ metric }) => listSources(metric))
    .flatMap((source) => ("events" in source ? source.events : []));
}
