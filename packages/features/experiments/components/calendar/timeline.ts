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
  /** What is scheduled and as yet to come; null where nothing is. */
  planned: Stretch | null;
  /** It goes on, and nobody has scheduled an end. */
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

export function placeBar(
  entry: Pick<CalendarEntry, "startedAt" | "endedAt" | "plannedStart" | "plannedEnd" | "status">,
  shown: Shown,
  now: number,
): Bar {
  const { startedAt, endedAt, plannedStart, status } = entry;
  const end = readPlannedEnd(entry, now);
  if (startedAt === null) {
    const from = plannedStart === null ? now : Date.parse(plannedStart);
    return { ran: null, planned: stretch(from, end ?? from, shown), isOpen: end === null };
  }
  const begin = Date.parse(startedAt);
  const last = isGoingOn(status) ? now : endedAt === null ? begin : Date.parse(endedAt);
  return {
    ran: stretch(begin, last, shown),
    planned: end === null ? null : stretch(last, end, shown),
    isOpen: isGoingOn(status) && end === null,
  };
}

/** The planned end, in epoch milliseconds; null where there is none, or where it is over and not yet obeyed. */
export function readPlannedEnd(
  { plannedEnd }: Pick<CalendarEntry, "plannedEnd">,
  now: number,
): number | null {
  const end = plannedEnd === null ? now : Date.parse(plannedEnd);
  return end > now ? end : null;
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

/** The Mondays, but for those whose date would touch the word for today or the edge. */
export function listMondays(shown: Shown, now: number): Mark[] {
  const today = placeNow(shown, now);
  const first = new Date(shown.from);
  const untilMonday = (8 - first.getUTCDay()) % 7;
  const mondays: Mark[] = [];
  for (let at = first.getTime() + untilMonday * DAY_MS; at < Date.parse(shown.until); at += 7 * DAY_MS) {
    const start = place(at, shown);
    const word = today === null ? null : keepInside(today);
    const isFree = word === null || start + DATE < word - HALF_WORD || start > word + HALF_WORD;
    if (isFree && start + DATE < 100) mondays.push({ at: new Date(at), start });
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
