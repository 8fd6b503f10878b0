import { betaSd, normalPdf, normalSf } from "./dist";
import { type Density, tabulate } from "./quadrature";

/** The rate after `conversions` of `n`, from the flat prior Beta(1, 1). Counts need not be whole. */
export function betaPosterior(conversions: number, n: number): Density {
  const [a, b] = [1 + conversions, 1 + n - conversions];
  const mean = a / (a + b);
  return {
    mean,
    sd: betaSd(a, b),
    low: 0,
    high: 1,
    // About the mean, so that nothing cancels however many units there are.
    logDensity: (x) =>
      (a - 1) * Math.log1p((x - mean) / mean) + (b - 1) * Math.log1p((mean - x) / (1 - mean)),
  };
}

export function normalPosterior(mean: number, sd: number): Density {
  const logDensity = (x: number) => -0.5 * ((x - mean) / sd) ** 2;
  return { mean, sd, low: -Infinity, high: Infinity, logDensity };
}

/** The distribution of `factor` × X + `shift`; the factor is positive. */
export function transformed(
  { mean, sd, low, high, logDensity }: Density,
  factor: number,
  shift: number,
): Density {
  return {
    mean: factor * mean + shift,
    sd: factor * sd,
    low: factor * low + shift,
    high: factor * high + shift,
    logDensity: (x) => logDensity((x - shift) / factor),
  };
}

export interface PairPosterior {
  /** That treatment is above control, and below it: each summed by itself. */
  above: number;
  below: number;
  /** E[(control − treatment)⁺] and E[(treatment − control)⁺]. */
  controlExcess: number;
  treatmentExcess: number;
}

export function comparePosteriors(control: Density, treatment: Density): PairPosterior {
  const { weights, arms } = tabulate([control, treatment]);
  const [c, t] = arms;
  const result: PairPosterior = { above: 0, below: 0, controlExcess: 0, treatmentExcess: 0 };
  if (c === undefined || t === undefined) return result;
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] ?? 0;
    result.above += weight * (c.density[i] ?? 0) * (t.above[i] ?? 0);
    result.below += weight * (t.density[i] ?? 0) * (c.above[i] ?? 0);
    result.controlExcess += weight * (c.above[i] ?? 0) * (t.below[i] ?? 0);
    result.treatmentExcess += weight * (t.above[i] ?? 0) * (c.below[i] ?? 0);
  }
  // Summed by quadrature, a certainty may come out some ulps above 1.
  return { ...result, above: Math.min(1, result.above), below: Math.min(1, result.below) };
}

/** For each: that none is higher, and what is expected to be missing to the highest. With `lowest`, the other way round. */
export function bestOf(densities: readonly Density[], lowest = false): { chance: number; loss: number }[] {
  const { weights, arms } = tabulate(densities);
  return arms.map((arm, which) => {
    const others = arms.filter((_, other) => other !== which);
    let [chance, loss] = [0, 0];
    for (let i = 0; i < weights.length; i++) {
      // ln of the chance that all others are on the worse side; 1 − the product then keeps its digits.
      let log = 0;
      for (const other of others) {
        const [worse, better] = lowest
          ? [other.above[i] ?? 0, other.below[i] ?? 0]
          : [other.below[i] ?? 0, other.above[i] ?? 0];
        log += better < 0.5 ? Math.log1p(-better) : Math.log(worse);
      }
      const weight = weights[i] ?? 0;
      chance += weight * (arm.density[i] ?? 0) * Math.exp(log);
      loss += weight * ((lowest ? arm.above[i] : arm.below[i]) ?? 0) * -Math.expm1(log);
    }
    return { chance: Math.min(1, chance), loss };
  });
}

/** Of a difference known up to a normal error, from a flat prior or a normal one. */
export function gaussianEffect(
  effect: number,
  se: number,
  prior: { mean: number; sd: number } | null = null,
): PairPosterior & { mean: number; sd: number } {
  const precision = 1 / (se * se) + (prior === null ? 0 : 1 / (prior.sd * prior.sd));
  const mean = (effect / (se * se) + (prior === null ? 0 : prior.mean / (prior.sd * prior.sd))) / precision;
  const sd = Math.sqrt(1 / precision);
  const z = mean / sd;
  return {
    mean,
    sd,
    above: normalSf(-z),
    below: normalSf(z),
    controlExcess: Math.max(0, sd * normalPdf(z) - mean * normalSf(z)),
    treatmentExcess: Math.max(0, sd * normalPdf(z) + mean * normalSf(-z)),
  };
}
