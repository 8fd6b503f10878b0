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

const DAY_MS = 24 * 60 * 60_000;

/** An axis of moments, marked at whole days from the first one; of a single one, a day to either side. */
export function timeAxis(moments: readonly number[]) {
  const [first = 0, last = first] = [moments[0], moments.at(-1)];
  const domain: [number, number] = first === last ? [first - DAY_MS, last + DAY_MS] : [first, last];
  return {
    type: "number",
    scale: "time",
    domain,
    ticks: moments.filter((at) => (at - first) % DAY_MS === 0),
    interval: "equidistantPreserveStart",
    minTickGap: 28,
  } as const;
}
