import type { Combined, OwnVariance, Pair } from "./combine";
import { fieller } from "./fieller";
import type { Bounds } from "./score";

/** The bounds of the difference and of the lift, `multiplierAt(alpha)` standard errors to either side. */
export function boundsOf(
  pair: Pair,
  multiplierAt: (alpha: number) => number,
): { differenceAt(alpha: number): Bounds; liftAt(alpha: number): Bounds | null } {
  return {
    differenceAt: (alpha) => differenceBounds(pair, multiplierAt(alpha)),
    liftAt: (alpha) => liftBounds(pair, multiplierAt(alpha)),
  };
}

// If hardly any unit of the smaller variant has acted, the pooled variance replaces its own (guard.ts). That is the
// variance under no difference. For values that are never negative the variance grows with the mean, so away from 0 such
// an interval is too short: with two expected payers and none seen, it missed the truth in one of seven cases. So on the
// side where the smaller variant would have more, its variance grows with its mean, as in the score interval of a rate.
// At a difference of 0 nothing changes, so p and intervals still agree.

function differenceBounds(pair: Pair, multiplier: number): Bounds {
  const { control, treatment, own } = pair;
  const difference = treatment.value - control.value;
  const half = multiplier * Math.sqrt(control.variance + treatment.variance);
  const plain = { low: difference - half, high: difference + half };
  if (pair.range.least < 0) return plain;
  const square = multiplier * multiplier;
  return {
    low:
      plain.low < 0 ? Math.min(plain.low, -farBound(-difference, square, own.control, treatment)) : plain.low,
    high:
      plain.high > 0
        ? Math.max(plain.high, farBound(difference, square, own.treatment, control))
        : plain.high,
  };
}

/**
 * The larger d with (d − difference)² = square · (variance of both), where the variance of `one` is multiplied by
 * `1 + d / base`. −Infinity without a positive base.
 */
function farBound(difference: number, square: number, one: OwnVariance, base: Combined): number {
  if (!(base.value > 0)) return -Infinity;
  const half = difference + (square * one.least) / base.value / 2;
  const variance = one.asLarger + one.least + base.variance;
  return half + Math.sqrt(Math.max(0, half * half - difference * difference + square * variance));
}

function liftBounds(pair: Pair, multiplier: number): Bounds | null {
  const { control, treatment, own } = pair;
  const plain = fieller(control, treatment, multiplier);
  if (plain === null || pair.range.least < 0 || control.value < 0) return plain;
  const square = multiplier * multiplier;
  const [c, t] = [control.value, treatment.value];
  // (t − r c)² = square · (variance of treatment at r + r² · variance of control at r)
  const high = ratioRoot(
    c * c - square * control.variance,
    2 * t * c + square * own.treatment.least,
    t * t - square * own.treatment.asLarger,
    1,
  );
  const low = ratioRoot(
    c * c - square * own.control.asLarger,
    2 * t * c + square * own.control.least,
    t * t - square * treatment.variance,
    -1,
  );
  return {
    low: plain.low < 0 && low < 1 ? Math.min(plain.low, low - 1) : plain.low,
    high: plain.high > 0 && high > 1 ? Math.max(plain.high, high - 1) : plain.high,
  };
}

/** A root of a r² − b r + c = 0; NaN without one, which widens no bound. */
function ratioRoot(a: number, b: number, c: number, side: 1 | -1): number {
  return (b + side * Math.sqrt(b * b - 4 * a * c)) / (2 * a);
}
