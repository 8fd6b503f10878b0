interface Counts {
  n: number;
  x: number;
}

const STEPS = 100;

/**
 * The most likely rate of control where treatment's is higher by `difference`. Solved on the score equation, for the
 * closed form (a cubic by cosines) cancels from some 1e8 units on.
 */
export function rateOfControlUnderDifference(control: Counts, treatment: Counts, difference: number): number {
  let low = Math.max(0, -difference);
  let high = Math.min(1, 1 - difference);
  const [xC, yC, xT, yT] = [control.x, control.n - control.x, treatment.x, treatment.n - treatment.x];
  if (isAtLowEnd(xC, yC, xT, yT, difference)) return low;
  if (isAtHighEnd(xC, yC, xT, yT, difference)) return high;

  let rate = (xC + xT - treatment.n * difference) / (control.n + treatment.n);
  if (!(rate > low && rate < high)) rate = (low + high) / 2;
  for (let i = 0; i < STEPS; i++) {
    const [p, q, pT, qT] = [rate, 1 - rate, rate + difference, 1 - rate - difference];
    const [a, b, c, d] = [over(xC, p), over(yC, q), over(xT, pT), over(yT, qT)];
    const score = a - b + c - d;
    if (score === 0) return rate;
    if (score > 0) low = rate;
    else high = rate;
    const information = over(a, p) + over(b, q) + over(c, pT) + over(d, qT);
    let next = rate + score / information;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (Math.abs(next - rate) <= 1e-15 * rate || next === low || next === high) return next;
    rate = next;
  }
  return rate;
}

/** The most likely rates where treatment's is `ratio` times control's: the root that keeps its digits. */
export function ratesUnderRatio(
  control: Counts,
  treatment: Counts,
  ratio: number,
): { control: number; treatment: number } {
  const a = (control.n + treatment.n) * ratio;
  const b = treatment.n * ratio + treatment.x + control.n + control.x * ratio;
  const c = control.x + treatment.x;
  const rate = (2 * c) / (b + Math.sqrt(Math.max(0, b * b - 4 * a * c)));
  return { control: Math.min(1, rate), treatment: Math.min(1, ratio * rate) };
}

function over(count: number, share: number): number {
  return count === 0 ? 0 : count / share;
}

/** Where no conversion holds it off, the rate may be as low as the difference lets it. */
function isAtLowEnd(xC: number, yC: number, xT: number, yT: number, difference: number): boolean {
  if (difference > 0) return xC === 0 && over(xT, difference) - over(yT, 1 - difference) - yC <= 0;
  if (difference < 0) return xT === 0 && over(xC, -difference) - over(yC, 1 + difference) - yT <= 0;
  return xC + xT === 0;
}

function isAtHighEnd(xC: number, yC: number, xT: number, yT: number, difference: number): boolean {
  if (difference > 0) return yT === 0 && over(xC, 1 - difference) - over(yC, difference) + xT >= 0;
  if (difference < 0) return yC === 0 && over(xT, 1 + difference) - over(yT, -difference) + xC >= 0;
  return yC + yT === 0;
}
