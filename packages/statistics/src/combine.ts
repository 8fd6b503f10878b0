import type { Cell, CellEpoch } from "./cells";
import { type Guarded, guardVariances, leastBeside } from "./guard";
import { type Range, rangeOver, withinRange } from "./range";
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
  range: Range;
  /** What the variants showed by themselves, before the guard. */
  own: { control: OwnVariance; treatment: OwnVariance };
}

export interface Combined extends Estimate {
  /** Units, and the number of units of one epoch that would know the value as well. */
  n: number;
  effectiveN: number;
}

/** The variance of one variant before the guard, in its parts. */
export interface OwnVariance {
  all: number;
  /** From the epochs in which the variant was the larger one. */
  asLarger: number;
  /** What the guard asks for at least in the other epochs. */
  least: number;
}

interface Part {
  weight: number;
  n: number;
  estimate: Estimate;
}

interface GuardedPart extends Part {
  own: Estimate;
  least: number;
}

/** Null if the two share no epoch. */
export function pairOf(epochs: readonly CellEpoch[], control: string, treatment: string): Pair | null {
  const met = epochs.flatMap(({ cells }) => {
    const [c, t] = [cells[control], cells[treatment]];
    return c === undefined || t === undefined ? [] : [{ c, t, weight: (c.n * t.n) / (c.n + t.n) }];
  });
  if (met.length === 0) return null;
  const whole = met.reduce((total, { weight }) => total + weight, 0);
  const guarded = met.map(({ c, t, weight }) => ({ c, t, weight: weight / whole, ...guardPair(c, t) }));
  const parts = {
    control: guarded.map(({ c, ofControl, weight }) => ({ ...ofControl, n: c.n, own: c.estimate, weight })),
    treatment: guarded.map(({ t, ofTreatment, weight }) => ({
      ...ofTreatment,
      n: t.n,
      own: t.estimate,
      weight,
    })),
  };
  const isPlain = met.every(({ c, t }) => !c.isAdjusted && !t.isAdjusted);
  const range = rangeOver(met.flatMap(({ c, t }) => [c.range, t.range]));
  return {
    control: combine(parts.control, range),
    treatment: combine(parts.treatment, range),
    units: met.reduce((total, { c, t }) => total + c.n + t.n, 0),
    conversions: met.reduce<number | null>(
      (total, { c, t }) => (total === null || c.x === null || t.x === null ? null : total + c.x + t.x),
      0,
    ),
    strata: isPlain ? strataOf(guarded) : null,
    range,
    own: { control: combineOwn(parts.control), treatment: combineOwn(parts.treatment) },
  };
}

function guardPair(control: Cell, treatment: Cell): { ofControl: Guarded; ofTreatment: Guarded } {
  const [ofControl, ofTreatment] = guardVariances([control, treatment]);
  if (ofControl === undefined || ofTreatment === undefined) throw new TypeError("Two are guarded as two.");
  return { ofControl, ofTreatment };
}

function combineOwn(parts: readonly GuardedPart[]): OwnVariance {
  const own = { all: 0, asLarger: 0, least: 0 };
  for (const {
    weight,
    own: { variance },
    least,
  } of parts) {
    own.all += weight ** 2 * variance;
    own.asLarger += least === 0 ? weight ** 2 * variance : 0;
    own.least += weight ** 2 * least;
  }
  return own;
}

/** Null unless all of them are counts. */
function strataOf(parts: readonly { c: Cell; t: Cell; weight: number }[]): Stratum[] | null {
  const strata = parts.flatMap(({ c, t, weight }) =>
    c.x === null || t.x === null
      ? []
      : [
          {
            weight,
            control: { n: c.n, x: c.x },
            treatment: { n: t.n, x: t.x },
            least: { control: leastBeside(c, t), treatment: leastBeside(t, c) },
          },
        ],
  );
  return strata.length === parts.length ? strata : null;
}

/** One variant over its epochs, weighted with everybody's units; null without data. */
export function aloneOf(epochs: readonly CellEpoch[], variant: string): Combined | null {
  const parts = epochs.flatMap(({ cells }) => {
    const cell = cells[variant];
    if (cell === undefined) return [];
    const all = Object.values(cells);
    const { estimate } = guardVariances(all)[all.indexOf(cell)] ?? cell;
    return [{ n: cell.n, estimate, range: cell.range, weight: all.reduce((total, { n }) => total + n, 0) }];
  });
  if (parts.length === 0) return null;
  const whole = parts.reduce((total, { weight }) => total + weight, 0);
  return combine(
    parts.map((part) => ({ ...part, weight: part.weight / whole })),
    rangeOver(parts.map((part) => part.range)),
  );
}

/**
 * Adjusting by a covariate can move the mean of a few units out of range, such as below 0 for revenue. The nearest possible
 * value is closer to the truth. Applied once over all epochs: applied in each, it would bias the total.
 */
function combine(parts: readonly Part[], range: Range): Combined {
  const combined = { value: 0, variance: 0, spread: 0, n: 0, effectiveN: 0 };
  for (const { weight, n, estimate } of parts) {
    combined.value += weight * estimate.value;
    combined.variance += weight ** 2 * estimate.variance;
    combined.spread += weight ** 4 * estimate.spread;
    combined.n += n;
    combined.effectiveN += weight ** 2 / n;
  }
  return {
    ...combined,
    value: withinRange(combined.value, range),
    effectiveN: 1 / combined.effectiveN,
  };
}
