export interface Scale {
  domain: [low: number, high: number];
  ticks: number[];
}

const STEPS = [1, 2, 2.5, 5, 10];

/** Round values that hold `low` and `high`, about `count` of them. */
export function niceScale(low: number, high: number, count = 5): Scale {
  const span = high - low || Math.abs(high) || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (STEPS.find((one) => one * power >= raw * 0.999_999) ?? 10);
  const first = Math.floor(low / step + 1e-9);
  const last = Math.max(Math.ceil(high / step - 1e-9), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => round((first + index) * step));
  return { domain: [round(first * step), round(last * step)], ticks };
}

/** The same for what is counted, from nothing on: there is nothing between one and two. */
export function wholeScale(high: number): Scale {
  const most = Math.max(Math.ceil(high), 1);
  const scale = niceScale(0, most, Math.min(most, 5));
  return scale.ticks.every(Number.isInteger) ? scale : niceScale(0, most, 4);
}

/** The same, with zero inside: what lies on one side of it alone is seen to do so. */
export function scaleAcrossZero(low: number, high: number, count?: number): Scale {
  const margin = (Math.max(high, 0) - Math.min(low, 0)) / 10;
  return niceScale(Math.min(low, -margin), Math.max(high, margin), count);
}

/** Sums of tenths are not tenths. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}
