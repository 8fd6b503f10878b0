const STEPS = 200;

/**
 * Where a function that rises from below 0 to above it crosses 0, from a guess outwards: upwards for a positive step,
 * downwards for a negative one. It never looks beyond `limit`, and answers `limit` where there is no crossing before.
 */
export function crossing(f: (x: number) => number, start: number, step: number, limit: number): number {
  const beyond = (x: number) => (step > 0 ? x >= limit : x <= limit);
  let inner = start;
  let fInner = f(inner);
  let width = step;
  for (let i = 0; fInner >= 0 && i < STEPS; i++) {
    inner -= width; // the guess lay outside already
    width *= 2;
    fInner = f(inner);
  }
  width = step;
  let outer = inner;
  let fOuter = fInner;
  for (let i = 0; fOuter < 0; i++) {
    if (beyond(outer) || i === STEPS) return limit;
    [inner, fInner] = [outer, fOuter];
    outer += width;
    width *= 2;
    if (beyond(outer)) outer = limit;
    fOuter = f(outer);
  }
  return rootBetween(f, { x: inner, y: fInner }, { x: outer, y: fOuter });
}

interface Point {
  x: number;
  y: number;
}

/** Regula falsi with Illinois' correction, and halving where a value is not finite. */
function rootBetween(f: (x: number) => number, below: Point, above: Point): number {
  let [a, b] = [below, above];
  let side = 0;
  for (let i = 0; i < STEPS; i++) {
    const middle = (a.x + b.x) / 2;
    if (Math.abs(b.x - a.x) <= 4e-16 * Math.abs(middle) || middle === a.x || middle === b.x) return middle;
    const secant = b.x - (b.y * (b.x - a.x)) / (b.y - a.y);
    // Every eighth step halves, so that no curve can make it slow.
    const x = Number.isFinite(secant) && i % 8 !== 7 ? secant : middle;
    const y = f(x);
    if (y === 0 || x === a.x || x === b.x) return x;
    if (y < 0) {
      if (side === -1) b = { x: b.x, y: b.y / 2 };
      a = { x, y };
      side = -1;
    } else {
      if (side === 1) a = { x: a.x, y: a.y / 2 };
      b = { x, y };
      side = 1;
    }
  }
  return (a.x + b.x) / 2;
}
