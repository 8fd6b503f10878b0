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
  return {
    low: crossing(distance, difference, -step, -1),
    high: crossing(distance, difference, step, 1),
  };
}

/** Of treatment / control. `high` is Infinity where control has no conversion, `low` 0 where treatment has none. */
export function scoreRatio(strata: readonly Stratum[], alpha: number): Bounds {
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
  const start = Math.log(Math.max(treatment, smallest.treatment) / Math.max(control, smallest.control));
  const step =
    z *
    Math.sqrt(
      0.5 *
        (smallest.control / (control + smallest.control) +
          smallest.treatment / (treatment + smallest.treatment)),
    );
  const isOpen = control === 0;
  return {
    low: treatment === 0 ? 0 : Math.exp(crossing(distance, start, -step, -LOG_LIMIT)),
    high: isOpen ? Infinity : Math.exp(crossing(distance, start, step, LOG_LIMIT)),
  };
}

const LOG_LIMIT = 300;

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
