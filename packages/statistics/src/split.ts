import { chiSquareSf } from "./dist";
import { holm } from "./multiplicity";
import { chiSquareOfSplit, exactSplitP, meanOfEvidence, splitLogEvidence } from "./split-tests";
import type { SegmentSplit, SplitResult } from "./split-types";
import type { AnalysisInput, EpochUnits, LookState, SegmentUnits } from "./types";

/** Below this smallest p so far, the results are doubted. */
export const SPLIT_ALPHA = 0.001;
const SMALLEST_EXPECTED = 5;

/**
 * Whether units are split as configured (sample ratio mismatch). Each epoch is held to its own weights, and their
 * evidence multiplies, so a change of weights is no mismatch. A mismatch may last over many epochs of the same weights, or
 * turn around from one to the next: the evidence is the mean of that of all of them together and of each by itself. Segments are tested in the same way, with Holm over all of
 * them: they say where an alarm comes from. `previous` holds the smallest p of the looks before.
 */
export function analyseSplit(
  { split, segments = [], variants }: Pick<AnalysisInput, "split" | "segments" | "variants">,
  previous?: Pick<LookState, "smallestSplitP" | "smallestSegmentP">,
): SplitResult {
  const test = testUnits(split, variants, previous?.smallestSplitP);
  const { epochs } = test;
  return {
    status: test.units === 0 ? "no_data" : test.p < SPLIT_ALPHA ? "off" : "as_planned",
    p: test.p,
    variants: test.variants,
    once: test.once,
    impossible: epochs.flatMap(({ impossible }) => impossible),
    byEpoch: epochs.map((epoch) => ({
      epoch: epoch.epoch,
      p: epoch.impossible.length > 0 ? 0 : pOf(epoch.logEvidence),
    })),
    bySegment: testSegments(segments, variants, previous?.smallestSegmentP ?? {}),
  };
}

/** Names a segment in the state that one look hands to the next. */
export function segmentKey({ fact, value }: Pick<SegmentUnits, "fact" | "value">): string {
  return JSON.stringify([fact, value]);
}

function testSegments(
  segments: readonly SegmentUnits[],
  variants: readonly string[],
  previous: Readonly<Record<string, number>>,
): SegmentSplit[] {
  const tests = segments.map((segment) =>
    testUnits(segment.split, variants, previous[segmentKey(segment)] ?? 1),
  );
  const adjusted = holm(
    tests.map(({ p }) => p),
    tests.length,
    SPLIT_ALPHA,
  );
  return segments.map(({ fact, value }, i) => {
    const { p, variants, once } = tests[i] as UnitsTest;
    const pAdjusted = adjusted.p[i] ?? 1;
    return {
      fact,
      value,
      status: pAdjusted < SPLIT_ALPHA ? "off" : "as_planned",
      p,
      pAdjusted,
      variants,
      once,
    };
  });
}

interface UnitsTest extends Pick<SplitResult, "p" | "variants" | "once"> {
  units: number;
  epochs: Epoch[];
}

function testUnits(split: readonly EpochUnits[], variants: readonly string[], previousP = 1): UnitsTest {
  const epochs = split.map((epoch) => testEpoch(epoch, variants));
  const alike = mergeAlike(split, variants);
  const merged = alike.length < split.length ? alike.map((epoch) => testEpoch(epoch, variants)) : epochs;
  const isPossible = epochs.every(({ impossible }) => impossible.length === 0);
  const logEvidence = meanOfEvidence([addEvidence(epochs), addEvidence(merged)]);
  return {
    units: epochs.reduce((total, { units }) => total + units, 0),
    epochs,
    p: Math.min(previousP, isPossible ? pOf(logEvidence) : 0),
    variants: variants.map((variant, i) => ({
      variant,
      observed: split.reduce((total, { units }) => total + (units[variant] ?? 0), 0),
      expected: epochs.reduce((total, epoch) => total + epoch.units * (epoch.shares[i] ?? 0), 0),
    })),
    once: testOnce(epochs),
  };
}

function addEvidence(epochs: readonly Epoch[]): number {
  return epochs.reduce((total, { logEvidence }) => total + logEvidence, 0);
}

/**
 * Joins epochs with the same shares. A change of traffic, or turning off and on, is no new hypothesis, and testing each
 * epoch alone would lose the evidence so far.
 */
function mergeAlike(split: readonly EpochUnits[], variants: readonly string[]): EpochUnits[] {
  const alike = new Map<string, EpochUnits>();
  for (const one of split) {
    const key = JSON.stringify(sharesOf(one, variants).map((share) => share.toFixed(9)));
    const { epoch, weights, units } = alike.get(key) ?? { ...one, units: {} };
    const sums = Object.fromEntries(
      variants.map((variant) => [variant, (units[variant] ?? 0) + (one.units[variant] ?? 0)]),
    );
    alike.set(key, { epoch, weights, units: sums });
  }
  return [...alike.values()];
}

function sharesOf({ weights }: EpochUnits, variants: readonly string[]): number[] {
  const whole = variants.reduce((total, variant) => total + (weights[variant] ?? 0), 0);
  return variants.map((variant) => (whole > 0 ? (weights[variant] ?? 0) / whole : 0));
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

function testEpoch(one: EpochUnits, variants: readonly string[]): Epoch {
  const { epoch, units } = one;
  const shares = sharesOf(one, variants);
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
function testOnce(epochs: readonly Epoch[]): SplitResult["once"] {
  const counted = epochs.filter(({ counts }) => counts.length > 1 && counts.some((count) => count > 0));
  const [first] = counted;
  const isLarge = counted.every(({ counts, positiveShares }) => {
    const units = counts.reduce((total, count) => total + count, 0);
    return Math.min(...positiveShares) * units >= SMALLEST_EXPECTED;
  });
  if (first === undefined) return { method: null, reason: "too_few_units" };
  if (isLarge) return addChiSquares(counted);
  const p = counted.length === 1 ? exactSplitP(first.counts, first.positiveShares) : null;
  return p === null ? { method: null, reason: "too_few_units" } : { method: "exact", p };
}

function addChiSquares(epochs: readonly Epoch[]): SplitResult["once"] {
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
