interface Dated {
  at: Date;
}

/** Those of one day. */
export type Day<Entry extends Dated> = [Entry, ...Entry[]];

/** Entries that stand beside each other and are of one day. */
export function daysOf<Entry extends Dated>(
  entries: readonly Entry[],
  dayKey: (date: Date) => string,
): Day<Entry>[] {
  const days: Day<Entry>[] = [];
  for (const entry of entries) {
    const day = days.at(-1);
    if (day !== undefined && dayKey(day[0].at) === dayKey(entry.at)) day.push(entry);
    else days.push([entry]);
  }
  return days;
}
