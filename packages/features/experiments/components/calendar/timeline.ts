import type { CalendarEntry, ExperimentCalendar } from "../../types/calendar";
import { addMonths, monthOf, startOfMonth } from "../../types/months";

/** In percent of the months that are shown. */
export interface Bar {
  start: number;
  width: number;
  /** It began, or ended, in months that are not shown. */
  isFromBefore: boolean;
  isCutOff: boolean;
  /** It goes on. */
  isOpen: boolean;
}

export interface MonthMark {
  month: string;
  /** Its first moment, in UTC. */
  at: Date;
  start: number;
}

/** Too narrow to be seen, a bar would be no bar. */
const LEAST = 0.6;

export function placeBar(
  { startedAt, endedAt, status }: Pick<CalendarEntry, "startedAt" | "endedAt" | "status">,
  { from, until }: Pick<ExperimentCalendar, "from" | "until">,
  now: number,
): Bar {
  const [first, last] = [Date.parse(from), Date.parse(until)];
  const isOpen = isGoingOn(status);
  const begin = Date.parse(startedAt);
  const end = isOpen ? now : endedAt === null ? begin : Date.parse(endedAt);
  const place = (at: number) => (100 * (Math.min(last, Math.max(first, at)) - first)) / (last - first);
  const start = Math.min(place(begin), 100 - LEAST);
  return {
    start,
    width: Math.max(LEAST, place(end) - start),
    isFromBefore: begin < first,
    isCutOff: end > last,
    isOpen,
  };
}

export function isGoingOn(status: CalendarEntry["status"]): boolean {
  return status === "running" || status === "paused" || status === "off";
}

export function listMonths({ from, until }: Pick<ExperimentCalendar, "from" | "until">): MonthMark[] {
  const [first, last] = [Date.parse(from), Date.parse(until)];
  const months: MonthMark[] = [];
  for (let month = monthOf(new Date(first)); Date.parse(`${month}-01`) < last; month = addMonths(month, 1)) {
    const at = startOfMonth(month);
    months.push({ month, at, start: (100 * (at.getTime() - first)) / (last - first) });
  }
  return months;
}

/** Of now among the months that are shown; null outside. */
export function placeNow(
  { from, until }: Pick<ExperimentCalendar, "from" | "until">,
  now: number,
): number | null {
  const [first, last] = [Date.parse(from), Date.parse(until)];
  return now >= first && now < last ? (100 * (now - first)) / (last - first) : null;
}
