// Each part is formatted alone and put together here: how a browser and the server join them differs with the
// version of their language data, and the two must write the same.

/** `14:30` */
export function timeLabel(date: Date, timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).format(date);
}

/** `14:30:05`, where things happen within a minute. */
export function clockLabel(date: Date, timeZone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
  }).format(date);
}

/** `Tue 24 Nov` */
export function dayLabel(date: Date, timeZone: string, locale: string): string {
  return `${weekdayLabel(date, timeZone, locale)} ${dayAndMonthLabel(date, timeZone, locale)}`;
}

/** `24 Nov` */
export function dayAndMonthLabel(date: Date, timeZone: string, locale: string): string {
  const day = part(date, { timeZone, day: "numeric" }, locale) + (AFTER_DAY[locale] ?? "");
  return `${day} ${part(date, { timeZone, month: "short" }, locale)}`;
}

/** Where the day is an ordinal number: `24. Nov`. */
const AFTER_DAY: Record<string, string> = { de: "." };

/** `24 Nov 2026` */
export function dateLabel(date: Date, timeZone: string, locale: string): string {
  return `${dayAndMonthLabel(date, timeZone, locale)} ${part(date, { timeZone, year: "numeric" }, locale)}`;
}

/** `24 Nov`, and with its year where that is another than now: `24 Nov 2027`. */
export function nearDateLabel(date: Date, timeZone: string, locale: string, now: number): string {
  const isThisYear = dayKey(date, timeZone).slice(0, 4) === dayKey(new Date(now), timeZone).slice(0, 4);
  return (isThisYear ? dayAndMonthLabel : dateLabel)(date, timeZone, locale);
}

/** `24 Nov 2026, 14:30` */
export function momentLabel(date: Date, timeZone: string, locale: string): string {
  return `${dateLabel(date, timeZone, locale)}, ${timeLabel(date, timeZone, locale)}`;
}

/** `24 Nov 2026, 14:30 CET`: to be read by people in several zones. */
export function momentInZoneLabel(date: Date, timeZone: string, locale: string): string {
  return `${momentLabel(date, timeZone, locale)} ${zoneLabel(date, timeZone, locale)}`;
}

/** `24 Nov 2026, 14:30:05 CET` */
export function momentToSecondLabel(date: Date, timeZone: string, locale: string): string {
  const [day, clock] = [dateLabel(date, timeZone, locale), clockLabel(date, timeZone, locale)];
  return `${day}, ${clock} ${zoneLabel(date, timeZone, locale)}`;
}

/** `CET`, or `GMT+1` where the language has no name for it. */
function zoneLabel(date: Date, timeZone: string, locale: string): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" }).formatToParts(date);
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? timeZone;
}

/** `Tue` */
export function weekdayLabel(date: Date, timeZone: string, locale: string): string {
  return part(date, { timeZone, weekday: "short" }, locale);
}

/** `2026-11-24`: which day it is in a zone, to group by. */
export function dayKey(date: Date, timeZone: string): string {
  return new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).format(date);
}

function part(date: Date, options: Intl.DateTimeFormatOptions, locale: string): string {
  return new Intl.DateTimeFormat(locale, options).format(date);
}
