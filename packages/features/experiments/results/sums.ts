import type { MomentsRow } from "./recount-rows";

export type Sums = Pick<MomentsRow, "n" | "yMean" | "yM2" | "xMean" | "xM2" | "comoment" | "yMin" | "xMin">;

export const NOTHING: Sums & { conversions: number } = {
  n: 0,
  conversions: 0,
  yMean: 0,
  yM2: 0,
  xMean: 0,
  xM2: 0,
  comoment: 0,
  yMin: 0,
  xMin: 0,
};

/** Adds subjects that did nothing, up to `n`. */
export function addZeros(did: Sums, n: number): Sums {
  return addSums(did, { ...NOTHING, n: Math.max(0, n - did.n) });
}

/** Chan, Golub and LeVeque's update: it adds deviations and never subtracts squares, which would cancel. */
export function addSums(a: Sums, b: Sums): Sums {
  const n = a.n + b.n;
  if (a.n === 0 || b.n === 0) return { ...(a.n === 0 ? b : a), n };
  const [dy, dx] = [b.yMean - a.yMean, b.xMean - a.xMean];
  const share = (a.n / n) * b.n;
  return {
    n,
    yMean: a.yMean + dy * (b.n / n),
    xMean: a.xMean + dx * (b.n / n),
    yM2: a.yM2 + b.yM2 + dy * dy * share,
    xM2: a.xM2 + b.xM2 + dx * dx * share,
    comoment: a.comoment + b.comoment + dy * dx * share,
    ...pickSmallest("yMin", a, b),
    ...pickSmallest("xMin", a, b),
  };
}

function pickSmallest(part: "yMin" | "xMin", a: Sums, b: Sums): Pick<Sums, "yMin" | "xMin"> {
  const [one, other] = [a[part], b[part]];
  return one === undefined || other === undefined ? {} : { [part]: Math.min(one, other) };
}
