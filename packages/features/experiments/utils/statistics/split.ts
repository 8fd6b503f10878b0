import { chiSquareSf } from "./dist";
import type { SplitResult } from "./results-types";
import { chiSquareOfSplit, exactSplitP, splitLogEvidence } from "./split-tests";
import type { EpochUnits } from "./types";

/** What the smallest p so far must not exceed for the results to be doubted. */
export const SPLIT_ALPHA = 0.001;
const SMALLEST_EXPECTED = 5;

/**
 * Whether units are split as configured (sample ratio mismatch). Each epoch is held to its own weights, and their
 * evidence multiplies, so a change of weights is no mismatch. `previousP` is the smallest of the looks before.
 */
export function analyseSplit(
  split: readonly EpochUnits[],
  variants: readonly string[],
  previousP = 1,
): SplitResult {
  const epochs = split.map((epoch) => epochOf(epoch, variants));
  const units = epochs.reduce((total, epoch) => total + epoch.units, 0);
  const impossible = epochs.flatMap((epoch) => epoch.impossible);
  const logEvidence = epochs.reduce((total, epoch) => total + epoch.logEvidence, 0);
  const now = impossible.length > 0 ? 0 : pOf(logEvidence);
  const p = Math.min(previousP, now);
  return {
    status: units === 0 ? "no_data" : p < SPLIT_ALPHA ? "off" : "as_planned",
    p,
    variants: variants.map((variant, i) => ({
      variant,
      observed: split.reduce((total, epoch) => total + (epoch.units[variant] ?? 0), 0),
      expected: epochs.reduce((total, epoch) => total + epoch.units * (epoch.shares[i] ?? 0), 0),
    })),
    once: once(epochs),
    impossible,
    bySegment: [],
    byEpoch: epochs.map((epoch) => ({
      epoch: epoch.epoch,
      p: epoch.impossible.length > 0 ? 0 : pOf(epoch.logEvidence),
    })),
  };
}

interface Epoch {
  epoch: number;
  units: number;
  /** Of every variant, zeros included. */
  shares: number[];
  counts: number[];
  positiveShares: number[];
  logEvidence: number;
  impossible: SplitResult["impossible"];
}

function epochOf({ epoch, weights, units }: EpochUnits, variants: readonly string[]): Epoch {
  const whole = variants.reduce((total, variant) => total + (weights[variant] ?? 0), 0);
  const shares = variants.map((variant) => (whole > 0 ? (weights[variant] ?? 0) / whole : 0));
  const possible = variants.flatMap((variant, i) => {
    const share = shares[i] ?? 0;
    return share > 0 ? [{ share, count: units[variant] ?? 0 }] : [];
  });
  const counts = possible.map(({ count }) => count);
  const positiveShares = possible.map(({ share }) => share);
  return {
    epoch,
    units: variants.reduce((total, variant) => total + (units[variant] ?? 0), 0),
    shares,
    counts,
    positiveShares,
    logEvidence: counts.length > 1 ? splitLogEvidence(counts, positiveShares) : 0,
    impossible: variants.flatMap((variant, i) => {
      const count = units[variant] ?? 0;
      return shares[i] === 0 && count > 0 ? [{ epoch, variant, units: count }] : [];
    }),
  };
}

/** The tests of the epochs added up; exact where there is one that is too small for chi-square. */
function once(epochs: readonly Epoch[]): SplitResult["once"] {
  const counted = epochs.filter(({ counts }) => counts.length > 1 && counts.some((count) => count > 0));
  const [first] = counted;
  const isLarge = counted.every(({ counts, positiveShares }) => {
    const units = counts.reduce((total, count) => total + count, 0);
    return Math.min(...positiveShares) * units >= SMALLEST_EXPECTED;
  });
  if (first === undefined) return { method: null, reason: "too_few_units" };
  if (isLarge) return addedUp(counted);
  const p = counted.length === 1 ? exactSplitP(first.counts, first.positiveShares) : null;
  return p === null ? { method: null, reason: "too_few_units" } : { method: "exact", p };
}

function addedUp(epochs: readonly Epoch[]): SplitResult["once"] {
  let [statistic, df] = [0, 0];
  for (const { counts, positiveShares } of epochs) {
    const test = chiSquareOfSplit(counts, positiveShares);
    statistic += test.statistic ?? 0;
    df += test.df;
  }
  return { method: "chi_square", statistic, df, p: chiSquareSf(statistic, df) };
}

function pOf(logEvidence: number): number {
  return Math.min(1, Math.exp(-logEvidence));
}
