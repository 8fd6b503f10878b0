/** The first moment of a month such as "2026-11", in UTC, so many months later. */
export function startOfMonth(month: string, later = 0): Date {
  const [year = 0, number = 1] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number - 1 + later, 1));
}

/** "2026-11" */
export function monthOf(date: Date): string {
  return date.toISOString().slice(0, 7);
}

export function addMonths(month: string, later: number): string {
  return monthOf(startOfMonth(month, later));
}

/** What there is to see around now, in ISO 8601: the first start of what ran lately, and the last planned step. */
export interface Extent {
  earliest: string | null;
  latest: string | null;
}

/** The latest months whose experiments are looked for, that of now included. */
export const MONTHS_BACK = 6;
const MOST_MONTHS = 6;
const FEWEST_MONTHS = 2;
const MONTHS_AHEAD = 2;

/**
 * The months around now that leave least of a calendar empty: from the first start of what ran lately to what is
 * planned, as many as were asked for, or two to six. The month of now is always among them.
 */
export function fitMonths(
  now: number,
  { earliest, latest }: Extent,
  months?: number,
): { month: string; months: number } {
  const current = monthOf(new Date(now));
  const planned = latest === null ? 0 : countMonths(current, monthOf(new Date(latest)));
  const most = months ?? MOST_MONTHS;
  const ahead = Math.max(0, Math.min(planned, MONTHS_AHEAD, most - 1));
  if (months !== undefined) return { month: addMonths(current, ahead + 1 - months), months };
  const back = earliest === null ? 0 : Math.max(0, countMonths(monthOf(new Date(earliest)), current));
  const shownBack = Math.min(back, most - 1 - ahead);
  return {
    month: addMonths(current, -shownBack),
    months: Math.max(FEWEST_MONTHS, shownBack + 1 + ahead),
  };
}

function countMonths(from: string, to: string): number {
  const [first, last] = [startOfMonth(from), startOfMonth(to)];
  return 12 * (last.getUTCFullYear() - first.getUTCFullYear()) + last.getUTCMonth() - first.getUTCMonth();
}
