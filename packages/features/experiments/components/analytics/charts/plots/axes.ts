import { DAY_MS } from "@calcom/lib/time";
import type { Mark } from "../marks";
import type { TimeSpan } from "../series";

// What all charts have in common. Colours are tokens, so that both themes have theirs.

export const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 };

/** Of the values, wide enough for "+100 %" and "12,500". */
export const VALUE_AXIS_WIDTH = 58;

export const AXIS = {
  axisLine: false,
  tickLine: false,
  tickMargin: 6,
  tick: { fill: "var(--muted-foreground)", fontSize: 12 },
} as const;

export const GRID = { vertical: false, stroke: "var(--border)" } as const;

/** Where an epoch starts, in a chart over time. */
export const EPOCH_LINE = {
  stroke: "var(--foreground)",
  strokeDasharray: "1 3",
  strokeOpacity: 0.8,
} as const;

/** Where something was changed, with the number that it has in the list. */
export function changeLine({ number, at }: Mark) {
  return {
    x: at,
    stroke: "var(--foreground)",
    strokeOpacity: 0.6,
    label: {
      value: number,
      position: "insideTopRight",
      fontSize: 11,
      fontWeight: 500,
      fill: "var(--foreground)",
    },
  } as const;
}

/** An axis of moments, marked at whole days from the first one; of a single one, a day to either side. */
export function timeAxis({ from, until }: TimeSpan) {
  const domain: [number, number] = from === until ? [from - DAY_MS, until + DAY_MS] : [from, until];
  const days = Math.floor((until - from) / DAY_MS);
  return {
    type: "number",
    scale: "time",
    domain,
    ticks: Array.from({ length: days + 1 }, (_, day) => from + day * DAY_MS),
    interval: "equidistantPreserveStart",
    minTickGap: 28,
  } as const;
}
