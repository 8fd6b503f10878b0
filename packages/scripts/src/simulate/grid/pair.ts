import type { Kind } from "./kinds";
import { type EpochSums, factorOf } from "./run";
import type { Sums } from "./sums";

/** A value with the variance of what one unit adds to it. */
interface Shape {
  value: number;
  perUnit: number;
}

/** Control and one treatment at a look: what the data show, and what is true. */
export interface PairLook {
  units: number;
  /** Of the variant that has fewer. */
  smallest: number;
  acting: number;
  difference: number;
  /** As the data show it, with nothing that guards it; and the one of the hypothesis, for rates. */
  variance: number;
  pooledVariance: number;
  /** Satterthwaite's. */
  df: number;
  /** With what no experiment knows: the population's variance, guarded as the engine's, and for CUPED its slope. */
  oracleDifference: number;
  oracleVariance: number;
  trueDifference: number;
}

/** Over epochs as the engine combines them: with weights nC nT / (nC + nT). Null where the two never met. */
export function pairAt(
  kind: Kind,
  epochs: readonly EpochSums[],
  variant: number,
  lift: number,
): PairLook | null {
  const theta = kind.isAdjusted ? slopeOf(epochs) : 0;
  const met = epochs.flatMap(({ phase, arms }) => {
    const [c, t] = [arms[0], arms[variant]];
    if (c === undefined || t === undefined || !isUsable(kind, c) || !isUsable(kind, t)) return [];
    return [{ phase, c, t, weight: (c.n * t.n) / (c.n + t.n) }];
  });
  if (met.length === 0) return null;
  const whole = met.reduce((sum, { weight }) => sum + weight, 0);
  const pair = { difference: 0, variance: 0, pooledVariance: 0, oracleDifference: 0, oracleVariance: 0 };
  let [trueDifference, spread, acting, ofControl, ofTreatment] = [0, 0, 0, 0, 0];
  for (const { phase, c, t, weight } of met) {
    const w = weight / whole;
    const trueTheta = trueSlope(kind, phase.base);
    const trulyC = trueShape(kind, phase.base, factorOf(phase, 0, lift));
    const trulyT = trueShape(kind, phase.base, factorOf(phase, variant, lift));
    const [isC, isT] = [shapeOf(kind, c, theta), shapeOf(kind, t, theta)];
    const oracle = shapeOf(kind, t, trueTheta).value - shapeOf(kind, c, trueTheta).value;
    const [vC, vT] = [varianceOf(kind, isC.perUnit, c.n), varianceOf(kind, isT.perUnit, t.n)];
    const pooled = (c.y + t.y) / (c.n + t.n);
    pair.difference += w * (isT.value - isC.value);
    pair.variance += w * w * (vC + vT);
    spread += w ** 4 * ((vC * vC) / Math.max(1, c.n - 1) + (vT * vT) / Math.max(1, t.n - 1));
    pair.pooledVariance += w * w * pooled * (1 - pooled) * (1 / c.n + 1 / t.n);
    pair.oracleDifference += w * oracle;
    pair.oracleVariance += w * w * guardedVariance(trulyC.perUnit, c.n, trulyT.perUnit, t.n);
    trueDifference += w * (trulyT.value - trulyC.value);
    acting += c.acting + t.acting;
    ofControl += c.n;
    ofTreatment += t.n;
  }
  const smallest = Math.min(ofControl, ofTreatment);
  const df = spread > 0 ? (pair.variance * pair.variance) / spread : 0;
  return { ...pair, units: ofControl + ofTreatment, smallest, acting, df, trueDifference };
}

/** What is true of a population does not change from look to look, and is worked out once for each. */
const truths = new WeakMap<Kind, { slopes: Map<number, number>; shapes: Map<number, Map<number, Shape>> }>();

function truthOf(kind: Kind) {
  let truth = truths.get(kind);
  if (truth === undefined) {
    truth = { slopes: new Map(), shapes: new Map() };
    truths.set(kind, truth);
  }
  return truth;
}

function trueSlope(kind: Kind, base: number): number {
  if (!kind.isAdjusted) return 0;
  const { slopes } = truthOf(kind);
  let slope = slopes.get(base);
  if (slope === undefined) {
    slope = slopeOfSums([kind.expected(base)]);
    slopes.set(base, slope);
  }
  return slope;
}

function trueShape(kind: Kind, base: number, factor: number): Shape {
  const { shapes } = truthOf(kind);
  let ofBase = shapes.get(base);
  if (ofBase === undefined) {
    ofBase = new Map();
    shapes.set(base, ofBase);
  }
  let shape = ofBase.get(factor);
  if (shape === undefined) {
    shape = shapeOf(kind, kind.expected(factor), trueSlope(kind, base));
    ofBase.set(factor, shape);
  }
  return shape;
}

/** From this share of the units of the larger variant on, the engine guards none. */
const AS_LARGE = 0.8;

/** Of the difference; the smaller variant has at least the variance that both have together, as without a difference. */
function guardedVariance(ofControl: number, nC: number, ofTreatment: number, nT: number): number {
  const pooled = (nC * ofControl + nT * ofTreatment) / (nC + nT);
  const least = AS_LARGE * Math.max(nC, nT);
  const guarded = (perUnit: number, n: number) => (n < least ? Math.max(perUnit, pooled) : perUnit) / n;
  return guarded(ofControl, nC) + guarded(ofTreatment, nT);
}

/** What the engine learns something from. */
function isUsable({ metric, isAdjusted }: Kind, { n, x }: Sums): boolean {
  if (metric === "rate" && !isAdjusted) return n >= 1;
  return n >= 2 && (metric !== "ratio" || x > 0);
}

/** Of sums, or of what is expected of one unit: then the variance is the population's. */
function shapeOf({ metric }: Kind, { n, y, yy, x, xx, xy }: Sums, theta: number): Shape {
  if (metric === "ratio") {
    const ratio = y / x;
    const share = x / n;
    return { value: ratio, perUnit: (yy - 2 * ratio * xy + ratio * ratio * xx) / n / (share * share) };
  }
  const value = (y - theta * x) / n;
  const square = (yy - 2 * theta * xy + theta * theta * xx) / n;
  return { value, perUnit: Math.max(0, square - value * value) };
}

/** A rate's own variance is that of the counts, that of the others has n − 1. */
function varianceOf({ metric, isAdjusted }: Kind, perUnit: number, n: number): number {
  return perUnit / (metric === "rate" && !isAdjusted ? n : n - 1);
}

/** CUPED's slope over the units of all variants, within each epoch. */
function slopeOf(epochs: readonly EpochSums[]): number {
  return slopeOfSums(
    epochs.map(({ arms }) =>
      arms.reduce((sum, arm) => ({
        n: sum.n + arm.n,
        acting: sum.acting + arm.acting,
        y: sum.y + arm.y,
        yy: sum.yy + arm.yy,
        x: sum.x + arm.x,
        xx: sum.xx + arm.xx,
        xy: sum.xy + arm.xy,
      })),
    ),
  );
}

function slopeOfSums(groups: readonly Sums[]): number {
  let [together, alone] = [0, 0];
  for (const { n, x, xx, y, xy } of groups) {
    if (n === 0) continue;
    together += xy - (x * y) / n;
    alone += xx - (x * x) / n;
  }
  return alone > 0 ? together / alone : 0;
}
