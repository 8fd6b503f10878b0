const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const units = [
  { unit: "year", seconds: 365 * DAY },
  { unit: "month", seconds: 30 * DAY },
  { unit: "day", seconds: DAY },
  { unit: "hour", seconds: HOUR },
  { unit: "minute", seconds: MINUTE },
] as const;

/** "2 hr. ago", "yesterday": the largest unit that is full. Below a minute, and for clocks that run ahead: "now". */
export function relativeTime(date: Date, now: Date, locale: string): string {
  const elapsed = (now.getTime() - date.getTime()) / 1_000;
  const largest = units.find(({ seconds }) => elapsed >= seconds);
  // "Yesterday" and "now" are words; "last mo." is neither a word nor a number.
  const numeric = largest === undefined || largest.unit === "day" ? "auto" : "always";
  const words = new Intl.RelativeTimeFormat(locale, { numeric, style: "short" });
  if (largest === undefined) return words.format(0, "second");
  return words.format(-Math.floor(elapsed / largest.seconds), largest.unit);
}
