import { normalIsf, normalTwoSided } from "./dist";
import { crossing } from "./roots";
import { rateOfControlUnderDifference, ratesUnderRatio } from "./score-restricted";

// One family for rates: the test, the interval of the difference and the interval of the ratio ask the same score, so
// that p < alpha exactly where the one excludes 0 and the other excludes 1. Miettinen and Nurminen 1985 (Statistics in
// Medicine 4:213, equations 8 and 9); the test is Campbell's "N−1" (2007, 26:3661). Over epochs each is a stratum with
// its own rates, and the weights depend on the numbers of units alone.

interface Counts {
  n: number;
  x: number;
}

export interface Stratum {
  /** Of the epoch; they sum to 1. */
  weight: number;
  control: Counts;
  treatment: Counts;
  /** What the variance of a unit is taken to be at least, by the guard; absent where it asks for nothing. */
  least?: Arms<number>;
}

type Arms<Value> = Record<"control" | "treatment", Value>;

export interface Bounds {
  low: number;
  high: number;
}

/** Standardised with the weights: the same for both arms. */
export function ratesOf(strata: readonly Stratum[]): { control: number; treatment: number } {
  let [control, treatment] = [0, 0];
  for (const stratum of strata) {
    control += (stratum.weight * stratum.control.x) / stratum.control.n;
    treatment += (stratum.weight * stratum.treatment.x) / stratum.treatment.n;
  }
  return { control, treatment };
}

/** `z` is null, and p is 1, where nobody or everybody converts. */
export function scoreTest(strata: readonly Stratum[]): { z: number | null; p: number } {
  const { control, treatment } = ratesOf(strata);
  let variance = 0;
  for (const stratum of strata) {
    const { weight, control: c, treatment: t } = stratum;
    const pooled = spreadOf((c.x + t.x) / (c.n + t.n));
    const both = atLeast({ control: pooled, treatment: pooled }, stratum);
    variance += weight * weight * (both.control / c.n + both.treatment / t.n) * correction(c.n + t.n);
  }
  if (variance <= 0) return { z: null, p: 1 };
  const z = (treatment - control) / Math.sqrt(variance);
  return { z, p: normalTwoSided(z) };
}

/** Of treatment − control. */
export function scoreDifference(strata: readonly Stratum[], alpha: number): Bounds {
  const z = normalIsf(alpha / 2);
  const { control, treatment } = ratesOf(strata);
  const difference = treatment - control;
  const distance = (d: number) => standardised(difference - d, varianceUnderDifference(strata, d)) - z;
  const step = z * Math.sqrt(roughVariance(strata));
  const search: Search = {
    start: difference,
    lowest: (from, limit = -1) => crossing(distance, from, -step, limit),
    highest: (from, limit = 1) => crossing(distance, from, step, limit),
  };
  return agreeingAtZero(strata, alpha, search);
}

/** Of treatment / control. `high` is Infinity where nothing limits it, as where control has no conversion. */
export function scoreRatio(strata: readonly Stratum[], alpha: number): Bounds {
  const { low, high } = scoreLogRatio(strata, alpha);
  return { low: Math.exp(low), high: Math.exp(high) };
}

/** Of treatment / control less 1. A bound is −1 or Infinity where nothing limits it. */
export function scoreLift(strata: readonly Stratum[], alpha: number): Bounds {
  const { low, high } = scoreLogRatio(strata, alpha);
  return { low: Math.expm1(low), high: Math.expm1(high) };
}

function scoreLogRatio(strata: readonly Stratum[], alpha: number): Bounds {
  const z = normalIsf(alpha / 2);
  const { control, treatment } = ratesOf(strata);
  const distance = (logRatio: number) => {
    const ratio = Math.exp(logRatio);
    return standardised(treatment - ratio * control, varianceUnderRatio(strata, ratio)) - z;
  };
  const smallest = {
    control: halfConversion(strata, "control"),
    treatment: halfConversion(strata, "treatment"),
  };
  const start = Math.log((treatment || smallest.treatment) / (control || smallest.control));
  const step =
    z *
    Math.sqrt(
      0.5 *
        (smallest.control / (control + smallest.control) +
          smallest.treatment / (treatment + smallest.treatment)),
    );
  return agreeingAtZero(strata, alpha, {
    start,
    lowest: (from, limit = -LOG_LIMIT) =>
      treatment === 0 ? -Infinity : openAtLimit(crossing(distance, from, -step, limit)),
    highest: (from, limit = LOG_LIMIT) =>
      control === 0 ? Infinity : openAtLimit(crossing(distance, from, step, limit)),
  });
}

/** Of the search. A score that has not risen there never does: by the guard, the variance grows as fast as the distance. */
const LOG_LIMIT = 300;

function openAtLimit(logRatio: number): number {
  return Math.abs(logRatio) < LOG_LIMIT ? logRatio : Math.sign(logRatio) * Infinity;
}

/** From the estimate, or another place, outwards to where the score meets its bound, no further than to the limit. */
interface Search {
  start: number;
  lowest(from: number, limit?: number): number;
  highest(from: number, limit?: number): number;
}

/**
 * Of several strata the score need not rise all the way outwards, so that what is found by going outwards may differ from
 * what the test says of 0. The test has the last word: the bounds exclude 0 exactly where p is at most alpha.
 */
function agreeingAtZero(strata: readonly Stratum[], alpha: number, search: Search): Bounds {
  const { start, lowest, highest } = search;
  const { z, p } = scoreTest(strata);
  let [low, high] = [lowest(start), highest(start)];
  if (z === null || p > alpha) {
    if (low > 0) low = Math.min(0, lowest(0));
    if (high < 0) high = Math.max(0, highest(0));
  } else if (z > 0 && low <= 0) {
    low = Math.max(Number.MIN_VALUE, lowest(Math.max(0, start), 0));
  } else if (z < 0 && high >= 0) {
    high = Math.min(-Number.MIN_VALUE, highest(Math.min(0, start), 0));
  }
  return { low, high };
}

function varianceUnderDifference(strata: readonly Stratum[], difference: number): number {
  let variance = 0;
  for (const stratum of strata) {
    const { weight, control, treatment } = stratum;
    const low = rateOfControlUnderDifference(control, treatment, difference);
    const both = atLeast({ control: spreadOf(low), treatment: spreadOf(low + difference) }, stratum);
    variance +=
      weight *
      weight *
      correction(control.n + treatment.n) *
      (both.treatment / treatment.n + both.control / control.n);
  }
  return variance;
}

function varianceUnderRatio(strata: readonly Stratum[], ratio: number): number {
  let variance = 0;
  for (const stratum of strata) {
    const { weight, control, treatment } = stratum;
    const rates = ratesUnderRatio(control, treatment, ratio);
    const both = atLeast({ control: spreadOf(rates.control), treatment: spreadOf(rates.treatment) }, stratum);
    variance +=
      weight *
      weight *
      correction(control.n + treatment.n) *
      (both.treatment / treatment.n + (ratio * ratio * both.control) / control.n);
  }
  return variance;
}

/** Of one unit, at this rate. */
function spreadOf(rate: number): number {
  return Math.max(0, rate * (1 - rate));
}

/** What the score takes, but no less than the guard lets it. */
function atLeast(spread: Arms<number>, { least }: Stratum): Arms<number> {
  if (least === undefined) return spread;
  return {
    control: Math.max(spread.control, least.control),
    treatment: Math.max(spread.treatment, least.treatment),
  };
}

function correction(n: number): number {
  return n / (n - 1);
}

function standardised(distance: number, variance: number): number {
  if (variance > 0) return Math.abs(distance) / Math.sqrt(variance);
  return distance === 0 ? 0 : Infinity;
}

/** A little more than the unpooled variance, and never 0: the width of the first step. */
function roughVariance(strata: readonly Stratum[]): number {
  let variance = 0;
  for (const { weight, control, treatment } of strata) {
    for (const { n, x } of [control, treatment]) {
      const rate = (x + 1) / (n + 2);
      variance += (weight * weight * rate * (1 - rate)) / n;
    }
  }
  return variance;
}

function halfConversion(strata: readonly Stratum[], arm: "control" | "treatment"): number {
  let units = 0;
  for (const stratum of strata) units += (stratum.weight * stratum.weight) / stratum[arm].n;
  return 0.5 * units;
}
