import type { AuditEntry } from "../../types/activity";

export type Day = [AuditEntry, ...AuditEntry[]];

/** Entries that stand beside each other and are of one day. */
export function daysOf(entries: readonly AuditEntry[], dayKey: (date: Date) => string): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const day = days.at(-1);
    if (day !== undefined && dayKey(day[0].at) === dayKey(entry.at)) day.push(entry);
    else days.push([entry]);
  }
  return days;
}
