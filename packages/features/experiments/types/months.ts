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

/** The first of so many months, of which the one of this moment is the last. */
export function latestMonths(now: number, months: number): string {
  return addMonths(monthOf(new Date(now)), 1 - months);
}
