import type { Cell, CellEpoch } from "./cells";
import type { Stratum } from "./score";
import type { Estimate } from "./welch";

// Epochs are combined, never pooled: with other weights, pooling would take the drift of the base rate for an effect
// (Simpson's paradox). Each epoch gets the inverse of the variance of its difference for units that vary alike,
// nC nT / (nC + nT), as Mantel and Haenszel do. It depends on the numbers of units alone, so no epoch is favoured for
// what it happened to show; and it is the same for both arms, so the difference and the ratio are those of two
// standardised values, and p, interval and lift keep agreeing with each other.

export interface Pair {
  units: number;
  control: Combined;
  treatment: Combined;
  /** Conversions of both; null where the metric is no rate. */
  conversions: number | null;
  /** Where the metric is a rate that nothing adjusts. */
  strata: Stratum[] | null;
}

export interface Combined extends Estimate {
  /** Units, and the number of units of one epoch that would know the value as well. */
  n: number;
  effectiveN: number;
}

/** Null where the two never met. */
export function pairOf(epochs: readonly CellEpoch[], control: string, treatment: string): Pair | null {
  const met = epochs.flatMap(({ cells }) => {
    const [c, t] = [cells[control], cells[treatment]];
    return c === undefined || t === undefined ? [] : [{ c, t, weight: (c.n * t.n) / (c.n + t.n) }];
  });
  if (met.length === 0) return null;
  const whole = met.reduce((total, { weight }) => total + weight, 0);
  const weighted = met.map(({ c, t, weight }) => ({ c, t, weight: weight / whole }));
  const strata = weighted.flatMap(({ c, t, weight }) =>
    c.x === null || t.x === null || c.estimate !== null || t.estimate !== null
      ? []
      : [{ weight, control: { n: c.n, x: c.x }, treatment: { n: t.n, x: t.x } }],
  );
  return {
    units: met.reduce((total, { c, t }) => total + c.n + t.n, 0),
    control: combine(weighted.map(({ c, weight }) => ({ cell: c, weight }))),
    treatment: combine(weighted.map(({ t, weight }) => ({ cell: t, weight }))),
    conversions: met.reduce<number | null>(
      (total, { c, t }) => (total === null || c.x === null || t.x === null ? null : total + c.x + t.x),
      0,
    ),
    strata: strata.length === weighted.length ? strata : null,
  };
}

/** One variant over its epochs, weighted with everybody's units; null without data. */
export function aloneOf(epochs: readonly CellEpoch[], variant: string): Combined | null {
  const parts = epochs.flatMap(({ cells }) => {
    const cell = cells[variant];
    const weight = Object.values(cells).reduce((total, { n }) => total + n, 0);
    return cell === undefined ? [] : [{ cell, weight }];
  });
  if (parts.length === 0) return null;
  const whole = parts.reduce((total, { weight }) => total + weight, 0);
  return combine(parts.map(({ cell, weight }) => ({ cell, weight: weight / whole })));
}

function combine(parts: readonly { cell: Cell; weight: number }[]): Combined {
  const combined = { value: 0, variance: 0, spread: 0, n: 0, effectiveN: 0 };
  for (const { cell, weight } of parts) {
    const { value, variance, spread } = cell.estimate ?? rateEstimate(cell.n, cell.x ?? 0);
    combined.value += weight * value;
    combined.variance += weight ** 2 * variance;
    combined.spread += weight ** 4 * spread;
    combined.n += cell.n;
    combined.effectiveN += weight ** 2 / cell.n;
  }
  return { ...combined, effectiveN: 1 / combined.effectiveN };
}

function rateEstimate(n: number, x: number): Estimate {
  const value = x / n;
  const variance = (value * (1 - value)) / n;
  return { value, variance, spread: n > 1 ? (variance * variance) / (n - 1) : 0 };
}
