import { chiSquareSf, logGamma } from "./dist";

// Counts and shares are in the same order; shares are positive and sum to 1.

/**
 * Concentrations of the priors, in units. A large one detects a small mismatch among very many units, a small one detects a
 * large mismatch among a few hundred. The mean of their evidence detects both.
 */
const CONCENTRATIONS = [10, 100, 1_000, 10_000];
/** Above this many outcomes there is no exact test: a page tests dozens of segments at each look. */
const MOST_OUTCOMES = 2_000;

/** Pearson's test against the planned shares; `statistic` is null without a unit. */
export function chiSquareOfSplit(
  counts: readonly number[],
  shares: readonly number[],
): { statistic: number | null; df: number; p: number } {
  const units = sum(counts);
  const df = counts.length - 1;
  if (units === 0) return { statistic: null, df, p: 1 };
  let statistic = 0;
  for (const [i, count] of counts.entries()) {
    const expected = units * (shares[i] ?? 0);
    statistic += (count - expected) ** 2 / expected;
  }
  return { statistic, df, p: df === 0 ? 1 : chiSquareSf(statistic, df) };
}

/**
 * Logarithm of the evidence against the planned shares, valid whenever it is read. 1 over it is a p, and its smallest so
 * far is one too. Each concentration by itself is a martingale, and so is their mean.
 */
export function splitLogEvidence(counts: readonly number[], shares: readonly number[]): number {
  return meanOfEvidence(
    CONCENTRATIONS.map((concentration) => dirichletLogEvidence(counts, shares, concentration)),
  );
}

/** Of logarithms, and as one: a mean of martingales is a martingale. */
export function meanOfEvidence(logs: readonly number[]): number {
  const largest = Math.max(...logs);
  return largest + Math.log(sum(logs.map((log) => Math.exp(log - largest))) / logs.length);
}

/**
 * For one concentration of the prior: Lindon and Malek, "Anytime-valid inference for multinomial count data" (NeurIPS
 * 2022).
 */
export function dirichletLogEvidence(
  counts: readonly number[],
  shares: readonly number[],
  concentration: number,
): number {
  let log = logGamma(concentration) - logGamma(concentration + sum(counts));
  for (const [i, count] of counts.entries()) {
    const share = shares[i] ?? 0;
    log +=
      logGamma(concentration * share + count) - logGamma(concentration * share) - count * Math.log(share);
  }
  return log;
}

/** Chance of an outcome no likelier than this one; null where there are too many outcomes to add up. */
export function exactSplitP(counts: readonly number[], shares: readonly number[]): number | null {
  const units = sum(counts);
  if (outcomes(units, counts.length) > MOST_OUTCOMES) return null;
  const limit = logChance(counts, shares, units) + 1e-9;
  let p = 0;
  const visit = (prefix: number[], left: number) => {
    if (prefix.length === counts.length - 1) {
      const log = logChance([...prefix, left], shares, units);
      if (log <= limit) p += Math.exp(log);
      return;
    }
    for (let count = 0; count <= left; count++) visit([...prefix, count], left - count);
  };
  visit([], units);
  return Math.min(1, p);
}

function logChance(counts: readonly number[], shares: readonly number[], units: number): number {
  let log = logGamma(units + 1);
  for (const [i, count] of counts.entries()) {
    log += count * Math.log(shares[i] ?? 0) - logGamma(count + 1);
  }
  return log;
}

function outcomes(units: number, variants: number): number {
  let ways = 1;
  for (let i = 1; i < variants; i++) ways *= (units + i) / i;
  return ways;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
