import {
  clockLabel,
  dateLabel,
  dayKey,
  momentInZoneLabel,
  momentToSecondLabel,
  nearDateLabel,
  timeLabel,
  weekdayLabel,
} from "@calcom/lib/date-labels";

export interface Format {
  count: (value: number) => string;
  /** `value` in 0..100; at most two decimals, as shares are stored. */
  percentage: (value: number) => string;
  /** A day; in the viewer's zone once the page lives, in UTC in the server's HTML. */
  day: (date: Date) => string;
  /** The same without the year, if it is that of now. */
  nearDay: (date: Date, now: number) => string;
  /** The day with the time, and the zone that it is in. */
  moment: (date: Date) => string;
  /** The day with its weekday, to head what happened on it. */
  weekday: (date: Date) => string;
  /** The time of a day that is said elsewhere. */
  time: (date: Date) => string;
  /** The time of a day to the second, where things happen within a minute. */
  clock: (date: Date) => string;
  /** A moment to the second, with its zone. */
  momentToSecond: (date: Date) => string;
  /** Tells days apart, in the same zone. */
  dayKey: (date: Date) => string;
  /** "a or b". */
  list: (parts: string[]) => string;
  /** "a and b". */
  all: (parts: string[]) => string;
}

export function createFormat(locale: string, zone: string): Format {
  const counts = new Intl.NumberFormat(locale);
  const shares = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  const lists = new Intl.ListFormat(locale, { type: "disjunction" });
  const conjunctions = new Intl.ListFormat(locale, { type: "conjunction" });
  return {
    count: (value) => counts.format(value),
    percentage: (value) => shares.format(value / 100),
    day: (date) => dateLabel(date, zone, locale),
    nearDay: (date, now) => nearDateLabel(date, zone, locale, now),
    moment: (date) => momentInZoneLabel(date, zone, locale),
    weekday: (date) => `${weekdayLabel(date, zone, locale)}, ${dateLabel(date, zone, locale)}`,
    time: (date) => timeLabel(date, zone, locale),
    clock: (date) => clockLabel(date, zone, locale),
    momentToSecond: (date) => momentToSecondLabel(date, zone, locale),
    dayKey: (date) => dayKey(date, zone),
    list: (parts) => lists.format(parts),
    all: (parts) => conjunctions.format(parts),
  };
}
