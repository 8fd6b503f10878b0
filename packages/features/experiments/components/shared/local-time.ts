/** "2026-11-23T14:05", in the viewer's zone, as the control of a form wants it. */
export function toLocal(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return "";
  const two = (value: number) => String(value).padStart(2, "0");
  // While a year is typed it is one of the first: 2 is 0002.
  const year = String(date.getFullYear()).padStart(4, "0");
  const day = `${year}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Of a time that the clocks leave out, the one that they show instead; of one that comes twice, the first. */
export function fromLocal(text: string): string | null {
  const date = new Date(text);
  return text === "" || Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/**
 * The first moment of a day such as "2026-11-23" in the viewer's zone, or of one that comes so many days later: where the
 * clocks leave midnight out, the moment that they show instead.
 */
export function startOfDay(day: string, later = 0): string {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const start = new Date(2000, 0, 1);
  // The constructor takes the years before 100 for those of the last century.
  start.setFullYear(year, month - 1, date + later);
  return start.toISOString();
}

/**
 * What is odd about a time that somebody has typed, on a day on which the clocks change: they leave it out, or they show it
 * twice. Null on all other days.
 */
export function oddityOf(typed: string, moment: string): "skipped" | "first" | "second" | null {
  if (toLocal(moment) !== typed) return "skipped";
  const at = Date.parse(moment);
  const turn = (offsetAt(at - DAY_MS) - offsetAt(at + DAY_MS)) * MINUTE_MS;
  if (turn <= 0) return null;
  const isShown = (other: number) => toLocal(new Date(other).toISOString()) === typed;
  if (isShown(at + turn)) return "first";
  return isShown(at - turn) ? "second" : null;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Minutes that the viewer's clock is ahead of UTC. */
function offsetAt(at: number): number {
  return -new Date(at).getTimezoneOffset();
}
