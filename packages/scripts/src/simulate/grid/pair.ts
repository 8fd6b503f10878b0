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
  const truth = truthOf(kind);
  let [whole, difference, variance, pooledVariance, spread] = [0, 0, 0, 0, 0];
  let [oracleDifference, oracleVariance, trueDifference] = [0, 0, 0];
  let [acting, ofControl, ofTreatment] = [0, 0, 0];
  // Sums first, which are divided by the whole weight at the end: this is asked at every look of every run.
  for (const { phase, arms } of epochs) {
    const [c, t] = [arms[0], arms[variant]];
    if (c === undefined || t === undefined || !isUsable(kind, c) || !isUsable(kind, t)) continue;
    const w = (c.n * t.n) / (c.n + t.n);
    const ofBase = truth.at(phase.base);
    const [trulyC, trulyT] = [
      ofBase.shapeAt(factorOf(phase, 0, lift)),
      ofBase.shapeAt(factorOf(phase, variant, lift)),
    ];
    const [isC, isT] = [shapeOf(kind, c, theta), shapeOf(kind, t, theta)];
    const [vC, vT] = [varianceOf(kind, isC.perUnit, c.n), varianceOf(kind, isT.perUnit, t.n)];
    const pooled = (c.y + t.y) / (c.n + t.n);
    whole += w;
    difference += w * (isT.value - isC.value);
    variance += w * w * (vC + vT);
    spread += w * w * w * w * ((vC * vC) / Math.max(1, c.n - 1) + (vT * vT) / Math.max(1, t.n - 1));
    pooledVariance += w * w * pooled * (1 - pooled) * (1 / c.n + 1 / t.n);
    oracleDifference += w * (shapeOf(kind, t, ofBase.slope).value - shapeOf(kind, c, ofBase.slope).value);
    oracleVariance += w * w * guardedVariance(trulyC.perUnit, c.n, trulyT.perUnit, t.n);
    trueDifference += w * (trulyT.value - trulyC.value);
    acting += c.acting + t.acting;
    ofControl += c.n;
    ofTreatment += t.n;
  }
  if (whole === 0) return null;
  const square = whole * whole;
  return {
    units: ofControl + ofTreatment,
    smallest: Math.min(ofControl, ofTreatment),
    acting,
    difference: difference / whole,
    variance: variance / square,
    pooledVariance: pooledVariance / square,
    df: spread > 0 ? (variance * variance) / spread : 0,
    oracleDifference: oracleDifference / whole,
    oracleVariance: oracleVariance / square,
    trueDifference: trueDifference / whole,
  };
}

/** What is true of a population at one level does not change from look to look, and is worked out once. */
interface Level {
  /** CUPED's; 0 where nothing is adjusted. */
  slope: number;
  shapeAt(factor: number): Shape;
}

const truths = new WeakMap<Kind, { at(base: number): Level }>();

function truthOf(kind: Kind): { at(base: number): Level } {
  let truth = truths.get(kind);
  if (truth === undefined) {
    truth = { at: remembering((base) => levelOf(kind, base)) };
    truths.set(kind, truth);
  }
  return truth;
}

function levelOf(kind: Kind, base: number): Level {
  const slope = kind.isAdjusted ? slopeOfSums([kind.expected(base)]) : 0;
  return { slope, shapeAt: remembering((factor) => shapeOf(kind, kind.expected(factor), slope)) };
}

function remembering<Found>(work: (of: number) => Found): (of: number) => Found {
  const known = new Map<number, Found>();
  return (of) => {
    let found = known.get(of);
    if (found === undefined) {
      found = work(of);
      known.set(of, found);
    }
    return found;
  };
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
