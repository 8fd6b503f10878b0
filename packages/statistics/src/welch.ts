import { tIsf, tTwoSided } from "./dist";

/** A value with its variance, and that of the variance in turn: the parts it is the sum of. */
export interface Estimate {
  value: number;
  /** Of `value`, not of the units. */
  variance: number;
  /** Σ vᵢ² / (nᵢ − 1) over the parts, for Satterthwaite's degrees of freedom. */
  spread: number;
}

/** Of one group of units: a mean, or what behaves as one. `m2` is the sum of squared deviations. */
export function estimateOf(n: number, value: number, m2: number): Estimate {
  const variance = m2 / (n - 1) / n;
  return { value, variance, spread: (variance * variance) / (n - 1) };
}

/** The same value with a variance that was found on `df` degrees of freedom. */
export function raisedTo({ value }: Estimate, variance: number, df: number): Estimate {
  return { value, variance, spread: (variance * variance) / df };
}

/** Welch's t with Satterthwaite's degrees of freedom; `null` where nothing varies. */
export function welch(
  control: Estimate,
  treatment: Estimate,
): { difference: number; se: number; df: number; t: number; p: number } | null {
  const variance = control.variance + treatment.variance;
  if (!(variance > 0)) return null;
  const difference = treatment.value - control.value;
  const se = Math.sqrt(variance);
  const df = (variance * variance) / (control.spread + treatment.spread);
  const t = difference / se;
  return { difference, se, df, t, p: tTwoSided(t, df) };
}

/** Standard errors to either side at 1 − alpha. */
export function welchMultiplier(df: number, alpha: number): number {
  return tIsf(alpha / 2, df);
}
