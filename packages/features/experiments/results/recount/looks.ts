import { DAY_MS } from "@calcom/lib/time";
import type { Cut } from "../recount-rows";

/** A moment at which the data are compared, and the subjects that had been exposed long enough before it. */
export interface Look {
  at: Date;
  /** Subjects exposed before this day: their conversion windows have closed. */
  cut: Cut;
  /** All subjects exposed by then. */
  exposedCut: Cut;
}

interface Span {
  /** The day of the first exposure. */
  firstDay: string;
  windowDays: number;
  /** The time up to which the data are complete. */
  asOf: Date;
  endedAt: Date | null;
  /** Looks up to this time were made before. */
  after: Date | null;
}

/**
 * Makes a look at the end of each UTC day since the first exposure, and at the end of the experiment. Days and windows
 * are whole, so the day of exposure tells at which look a subject counts, and each counts once. The split is tested on
 * everybody from the first day on, metrics on subjects whose window has closed; at the end, all have.
 */
export function listLooks({ firstDay, windowDays, asOf, endedAt, after }: Span): Look[] {
  const isOver = endedAt !== null && endedAt <= asOf;
  const until = isOver ? endedAt : asOf;
  const first = Date.parse(firstDay) + DAY_MS;
  const from = Math.max(first, after === null ? first : floorToDay(after) + DAY_MS);
  const looks: Look[] = [];
  for (let time = from; time <= until.getTime() && (!isOver || time < endedAt.getTime()); time += DAY_MS)
    looks.push({
      at: new Date(time),
      cut: formatDay(time - windowDays * DAY_MS),
      exposedCut: formatDay(time),
    });
  if (isOver && (after === null || after < endedAt)) looks.push({ at: endedAt, cut: null, exposedCut: null });
  return looks;
}

/** The cut of the latest possible look, whether or not it was made. */
export function findLatestCut({ windowDays, asOf, endedAt }: Omit<Span, "firstDay" | "after">): Cut {
  if (endedAt !== null && endedAt <= asOf) return null;
  return findNoveltyCut({ windowDays, asOf, endedAt });
}

/** Of the regular look that was the last one before this moment. */
export function findMaturedCut(at: Date, windowDays: number): string {
  return formatDay(floorToDay(at) - windowDays * DAY_MS);
}

/** Who had been there for a whole window, at the end too: of the others, the later days are still to come. */
export function findNoveltyCut({ windowDays, asOf, endedAt }: Omit<Span, "firstDay" | "after">): string {
  return findMaturedCut(endedAt !== null && endedAt <= asOf ? endedAt : asOf, windowDays);
}

function floorToDay(time: Date): number {
  return Math.floor(time.getTime() / DAY_MS) * DAY_MS;
}

function formatDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
