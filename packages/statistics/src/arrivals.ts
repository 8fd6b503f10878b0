/** How many new units come: on each day, or the different ones seen up to each of the days observed. */
export type Arrivals = { perDay: number } | { cumulative: readonly number[] };

/** Different units after so many days. After the observed days it goes on as in the last week of them. */
export function arrived(days: number, arrivals: Arrivals): number {
  if (days < 1) return 0;
  if ("perDay" in arrivals) return days * arrivals.perDay;
  const { cumulative } = arrivals;
  const seen = cumulative.length;
  if (days <= seen) return cumulative[days - 1] ?? 0;
  return (cumulative[seen - 1] ?? 0) + (days - seen) * latestPerDay(cumulative);
}

/** Days until so many different units have come; null where they never do. */
export function daysFor(units: number, arrivals: Arrivals): number | null {
  if ("perDay" in arrivals) return arrivals.perDay > 0 ? Math.ceil(units / arrivals.perDay) : null;
  const { cumulative } = arrivals;
  const day = cumulative.findIndex((seen) => seen >= units);
  if (day !== -1) return day + 1;
  const [last, perDay] = [cumulative.at(-1) ?? 0, latestPerDay(cumulative)];
  return perDay > 0 ? cumulative.length + Math.ceil((units - last) / perDay) : null;
}

/** Days until units have come on so many of them; after the observed days as in the last week of them. */
export function daysWithUnits(needed: number, arrivals: Arrivals): number | null {
  if ("perDay" in arrivals) return arrivals.perDay > 0 ? needed : null;
  const { cumulative } = arrivals;
  const isBusy = cumulative.map((seen, day) => seen > (cumulative[day - 1] ?? 0));
  let busy = 0;
  for (const [day, is] of isBusy.entries()) {
    if (is) busy++;
    if (busy >= needed) return day + 1;
  }
  const week = isBusy.slice(-7);
  const share = week.filter(Boolean).length / week.length;
  return share > 0 ? cumulative.length + Math.ceil((needed - busy) / share) : null;
}

function latestPerDay(cumulative: readonly number[]): number {
  const week = Math.min(7, cumulative.length);
  return week === 0 ? 0 : ((cumulative.at(-1) ?? 0) - (cumulative.at(-1 - week) ?? 0)) / week;
}
