import { DAY_MS } from "@calcom/lib/time";
import type { Cut } from "./grid";

export { DAY_MS };

/** A moment at which the data are read for a comparison, and who had been exposed long enough before it. */
export interface Look {
  at: Date;
  /** Those whose window for conversions had closed: exposed before this day. */
  cut: Cut;
  /** Those who had been exposed at all. */
  exposedCut: Cut;
}

interface Span {
  /** The day of the first exposure. */
  firstDay: string;
  windowDays: number;
  /** Up to which all data are there. */
  asOf: Date;
  endedAt: Date | null;
  /** Looks up to here were made before. */
  after: Date | null;
}

/**
 * The ends of UTC days from the first exposure on, and the end of the experiment. Days are whole, and so are windows:
 * who counts at a look is told by the day of exposure, and each subject counts once. The split is held to everybody
 * from the first day on, the metrics to those whose window has closed; at the end all have.
 */
export function looksIn({ firstDay, windowDays, asOf, endedAt, after }: Span): Look[] {
  const isOver = endedAt !== null && endedAt <= asOf;
  const until = isOver ? endedAt : asOf;
  const first = Date.parse(firstDay) + DAY_MS;
  const from = Math.max(first, after === null ? first : startOfDay(after) + DAY_MS);
  const looks: Look[] = [];
  for (let time = from; time <= until.getTime() && (!isOver || time < endedAt.getTime()); time += DAY_MS)
    looks.push({ at: new Date(time), cut: dayOf(time - windowDays * DAY_MS), exposedCut: dayOf(time) });
  if (isOver && (after === null || after < endedAt)) looks.push({ at: endedAt, cut: null, exposedCut: null });
  return looks;
}

/** The cut of the latest look there can be, made or not. */
export function latestCut({ windowDays, asOf, endedAt }: Omit<Span, "firstDay" | "after">): Cut {
  if (endedAt !== null && endedAt <= asOf) return null;
  return dayOf(startOfDay(asOf) - windowDays * DAY_MS);
}

function startOfDay(time: Date): number {
  return Math.floor(time.getTime() / DAY_MS) * DAY_MS;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
