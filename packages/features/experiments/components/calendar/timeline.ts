import type { CalendarEntry, ExperimentCalendar } from "../../types/calendar";
import { addMonths, monthOf, startOfMonth } from "../../types/months";

type Shown = Pick<ExperimentCalendar, "from" | "until">;

/** In percent of the months that are shown. */
export interface Stretch {
  start: number;
  width: number;
  /** It began, or ends, in months that are not shown. */
  isFromBefore: boolean;
  isCutOff: boolean;
}

export interface Bar {
  /** Null before the start. */
  ran: Stretch | null;
  /** The parts of it in which it did not run. */
  pauses: Stretch[];
  /** From the planned end to now, where it still runs. */
  overdue: Stretch | null;
  /** What is scheduled and as yet to come; null where nothing is. */
  planned: Stretch | null;
  /** The end is a forecast: nothing ends the experiment at that time. */
  isExpected: boolean;
  /** The experiment goes on, and has neither a planned nor an expected end. */
  isOpen: boolean;
}

export interface Mark {
  /** Its first moment, in UTC. */
  at: Date;
  /** In percent. */
  start: number;
}

/** Too narrow to be seen, a bar would be no bar. */
const LEAST = 0.6;
const DAY_MS = 86_400_000;
/** In percent of a phone: half the word for today with some room, and a date, which stands after its place. */
const HALF_WORD = 8;
const DATE = 5;

type Dates = Pick<
  CalendarEntry,
  | "startedAt"
  | "endedAt"
  | "plannedStart"
  | "plannedEnd"
  | "expectedEnd"
  | "pauses"
  | "status"
  | "isPastEnd"
  | "reachedAt"
>;

export function placeBar(entry: Dates, shown: Shown, now: number): Bar {
  const { startedAt, endedAt, plannedStart, status } = entry;
  const planned = readPlannedEnd(entry, now);
  const end = planned ?? readExpectedEnd(entry, now);
  const isExpected = planned === null && end !== null;
  if (startedAt === null) {
    const from = plannedStart === null ? now : Date.parse(plannedStart);
    return {
      ran: null,
      pauses: [],
      overdue: null,
      planned: stretch(from, end ?? from, shown),
      isExpected,
      isOpen: end === null,
    };
  }
  const begin = Date.parse(startedAt);
  const overdue = readOverdue(entry, now);
  const last = isGoingOn(status) ? now : endedAt === null ? begin : Date.parse(endedAt);
  return {
    ran: stretch(begin, last, shown),
    pauses: listStops(entry, begin).flatMap(({ from, to }) => {
      const [first, after] = [Math.max(begin, from), Math.min(last, to ?? last)];
      return first < after ? (stretch(first, after, shown) ?? []) : [];
    }),
    // Where nobody knows since when, it is marked at today.
    overdue: overdue === null ? null : stretch(Math.max(begin, overdue.since ?? now), now, shown),
    planned: end === null ? null : stretch(last, end, shown),
    isExpected,
    isOpen: isGoingOn(status) && end === null,
  };
}

/** In epoch milliseconds. Of one that does not run, and of which nobody knows since when, no part is known to have run. */
function listStops({ pauses, status }: Dates, begin: number): { from: number; to: number | null }[] {
  const stops = pauses.map(({ from, to }) => ({
    from: Date.parse(from),
    to: to === null ? null : Date.parse(to),
  }));
  const isStopped = status === "paused" || status === "off";
  return isStopped && !stops.some(({ to }) => to === null) ? [{ from: begin, to: null }] : stops;
}

/** Since when it does not run, in epoch milliseconds; null where it runs, and where nobody knows. */
export function readPausedSince({ pauses, status }: Pick<Dates, "pauses" | "status">): number | null {
  const last = status === "paused" || status === "off" ? pauses.at(-1) : undefined;
  return last?.to === null ? Date.parse(last.from) : null;
}

/** When enough will have come; null where nobody knows, and where it would have been by now. */
export function readExpectedEnd({ expectedEnd }: Pick<Dates, "expectedEnd">, now: number): number | null {
  const end = expectedEnd === null ? now : Date.parse(expectedEnd);
  return end > now ? end : null;
}

/** The planned end, in epoch milliseconds; null where there is none, or where it is over and not yet obeyed. */
export function readPlannedEnd(
  { plannedEnd }: Pick<CalendarEntry, "plannedEnd">,
  now: number,
): number | null {
  const end = plannedEnd === null ? now : Date.parse(plannedEnd);
  return end > now ? end : null;
}

/** Since when it runs past its planned end, in epoch milliseconds, where anybody knows; null where it does not. */
export function readOverdue(
  {
    plannedEnd,
    isPastEnd,
    reachedAt,
    status,
  }: Pick<Dates, "plannedEnd" | "isPastEnd" | "reachedAt" | "status">,
  now: number,
): { since: number | null } | null {
  if (status !== "running") return null;
  const end = plannedEnd === null ? null : Date.parse(plannedEnd);
  if (end !== null && end < now) return { since: end };
  return isPastEnd ? { since: reachedAt === null ? null : Date.parse(reachedAt) } : null;
}

/** Null outside of what is shown. */
function stretch(begin: number, end: number, shown: Shown): Stretch | null {
  const [first, last] = [Date.parse(shown.from), Date.parse(shown.until)];
  if (begin >= last || end < first) return null;
  const start = Math.min(place(begin, shown), 100 - LEAST);
  return {
    start,
    width: Math.max(LEAST, place(end, shown) - start),
    isFromBefore: begin < first,
    isCutOff: end > last,
  };
}

function place(at: number, { from, until }: Shown): number {
  const [first, last] = [Date.parse(from), Date.parse(until)];
  return (100 * (Math.min(last, Math.max(first, at)) - first)) / (last - first);
}

export function isGoingOn(status: CalendarEntry["status"]): boolean {
  return status === "running" || status === "paused" || status === "off";
}

export function listMonths(shown: Shown): (Mark & { month: string })[] {
  const last = Date.parse(shown.until);
  const months: (Mark & { month: string })[] = [];
  for (
    let month = monthOf(new Date(shown.from));
    Date.parse(`${month}-01`) < last;
    month = addMonths(month, 1)
  ) {
    const at = startOfMonth(month);
    months.push({ month, at, start: place(at.getTime(), shown) });
  }
  return months;
}

/** The Mondays, but for one whose date would be cut off at the edge. */
export function listMondays(shown: Shown): Mark[] {
  const first = new Date(shown.from);
  const untilMonday = (8 - first.getUTCDay()) % 7;
  const mondays: Mark[] = [];
  for (let at = first.getTime() + untilMonday * DAY_MS; at < Date.parse(shown.until); at += 7 * DAY_MS) {
    const start = place(at, shown);
    if (start + DATE < 100) mondays.push({ at: new Date(at), start });
  }
  return mondays;
}

/** Where the word for a place can stand in full. */
export function keepInside(at: number): number {
  return Math.min(100 - HALF_WORD, Math.max(HALF_WORD, at));
}

/** Of now among the months that are shown; null outside. */
export function placeNow(shown: Shown, now: number): number | null {
  const isShown = now >= Date.parse(shown.from) && now < Date.parse(shown.until);
  return isShown ? place(now, shown) : null;
}
