import type { Finding } from "../scenario";

/** Of what there may be nothing; a few of them are named where there is. */
export function none(what: string, found: readonly string[]): Finding {
  const named = found.length === 0 ? "" : ` (${found.slice(0, 3).join("; ")})`;
  return { what, figure: `${found.length}${named}`, met: found.length === 0 };
}

export function holds(what: string, met: boolean, figure = met ? "yes" : "no"): Finding {
  return { what, figure, met };
}

/** A number that has to be at most, or at least, so much. */
export function within(
  what: string,
  value: number,
  { atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY, unit = "" },
): Finding {
  const limit = Number.isFinite(atMost) ? `≤ ${atMost}` : `≥ ${atLeast}`;
  return {
    what,
    figure: `${rounded(value)}${unit} (${limit}${unit})`,
    met: value <= atMost && value >= atLeast,
  };
}

/** A duration in milliseconds that has to be at most so long. */
export function inTime(what: string, milliseconds: number, atMost: number): Finding {
  return { ...within(what, milliseconds, { atMost, unit: " ms" }), isTime: true };
}

export function shown(what: string, value: number | string): Finding {
  return { what, figure: typeof value === "number" ? rounded(value) : value, met: null };
}

function rounded(value: number): string {
  return Math.abs(value) < 10 && !Number.isInteger(value) ? value.toFixed(1) : String(Math.round(value));
}
