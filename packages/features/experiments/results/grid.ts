import type { ArmData, EpochData, EpochUnits } from "@calcom/statistics";
import type { Metric } from "../metrics/define-metric";

/**
 * Counts the subjects of one epoch and variant by the UTC day of their exposure; null for subjects that were not
 * exposed.
 */
export interface PopulationRow {
  epoch: number;
  variant: string;
  day: string | null;
  n: number;
}

/** Statistical moments of the subjects that did something. */
export interface MomentsRow {
  metric: string;
  epoch: number;
  variant: string;
  day: string;
  n: number;
  conversions: number;
  yMean: number;
  yM2: number;
  xMean: number;
  xM2: number;
  comoment: number;
  /** The smallest of a subject; absent in recounts of before it was asked. */
  yMin?: number;
  xMin?: number;
}

export interface Recount {
  imported: number;
  mixed: number;
  population: PopulationRow[];
  /** How many of `population` were erased since. */
  erased: PopulationRow[];
  moments: MomentsRow[];
  novelty: { metric: string; variant: string; day: number; value: number }[];
  segments: {
    fact: string;
    value: string | number | boolean;
    variant: string;
    n: number;
    converted: number;
    y: number;
    x: number;
  }[];
  /** Exposed subjects by day of exposure, of the values kept; absent in recounts of before segments were tested. */
  segmentSplit?: {
    fact: string;
    value: string | number | boolean;
    epoch: number;
    variant: string;
    days: Record<string, number>;
  }[];
  /** Values that were left out of it, since others have more subjects. */
  smallSegments?: SmallSegments[];
}

export interface SmallSegments {
  fact: string;
  values: number;
  subjects: number;
}

export type Weights = ReadonlyMap<number, Record<string, number>>;

/** Counts subjects who were exposed before this day; null counts all exposed subjects. */
export type Cut = string | null;

/** Builds the engine's input for one metric, from the subjects before the cut. */
export function epochsOf(recount: Recount, metric: Metric, weights: Weights, cut: Cut): EpochData[] {
  // Erased subjects cannot be found in the application's own tables any more: it is unknown whether they did something.
  const without = needsIdentity(metric) ? countsOf(recount.erased, cut) : new Map<string, number>();
  const did = momentsOf(recount, metric.key, cut);
  const epochs = new Map<number, EpochData>();
  for (const [key, count] of countsOf(recount.population, cut)) {
    const [epoch, variant] = fromKey(key);
    const n = count - (without.get(key) ?? 0);
    if (n <= 0) continue;
    const data = epochs.get(epoch) ?? { epoch, weights: weights.get(epoch) ?? {}, arms: {} };
    data.arms[variant] = armOf(metric, withZeros(did.get(key) ?? NOTHING, n), did.get(key)?.conversions ?? 0);
    epochs.set(epoch, data);
  }
  return [...epochs.values()].sort((a, b) => a.epoch - b.epoch);
}

/**
 * Counts exposed subjects per epoch and variant, whether or not their window has closed. The test of the split uses
 * these.
 */
export function unitsOf(recount: Recount, weights: Weights, cut: Cut): EpochUnits[] {
  const epochs = new Map<number, EpochUnits>();
  for (const [key, n] of countsOf(recount.population, cut)) {
    const [epoch, variant] = fromKey(key);
    const entry = epochs.get(epoch) ?? { epoch, weights: weights.get(epoch) ?? {}, units: {} };
    entry.units[variant] = n;
    epochs.set(epoch, entry);
  }
  return [...epochs.values()].sort((a, b) => a.epoch - b.epoch);
}

/** Counts exposed subjects before the cut, over all variants and epochs. */
export function totalOf(rows: readonly PopulationRow[], cut: Cut): number {
  return rows.reduce((total, { day, n }) => total + (isBefore(day, cut) ? n : 0), 0);
}

export function isBefore(day: string | null, cut: Cut): day is string {
  return day !== null && (cut === null || day < cut);
}

function needsIdentity(metric: Metric): boolean {
  const sources = metric.kind === "ratio" ? [metric.numerator, metric.denominator] : [metric.source];
  return sources.some((source) => "query" in source);
}

function armOf(metric: Metric, sums: Sums, conversions: number): ArmData {
  const { n, yMean, yM2, xMean, xM2, comoment, yMin, xMin } = sums;
  const y = { mean: yMean, m2: yM2, ...(yMin === undefined ? {} : { min: yMin }) };
  const x = { mean: xMean, m2: xM2 };
  if (metric.kind === "ratio") {
    const denominator = { ...x, ...(xMin === undefined ? {} : { min: xMin }) };
    return { kind: "ratio", n, numerator: y, denominator, comoment };
  }
  const covariate = metric.covariate === null ? {} : { covariate: { ...x, comoment } };
  if (metric.kind === "mean") return { kind: "mean", n, value: y, ...covariate };
  return { kind: "rate", n, conversions, ...covariate };
}

type Sums = Pick<MomentsRow, "n" | "yMean" | "yM2" | "xMean" | "xM2" | "comoment" | "yMin" | "xMin">;
const NOTHING: Sums & { conversions: number } = {
  n: 0,
  conversions: 0,
  yMean: 0,
  yM2: 0,
  xMean: 0,
  xM2: 0,
  comoment: 0,
  yMin: 0,
  xMin: 0,
};

/** Adds subjects that did nothing, up to `n`. */
function withZeros(did: Sums, n: number): Sums {
  return combined(did, { ...NOTHING, n: Math.max(0, n - did.n) });
}

/** Chan, Golub and LeVeque's update: it adds deviations and never subtracts squares, which would cancel. */
function combined(a: Sums, b: Sums): Sums {
  const n = a.n + b.n;
  if (a.n === 0 || b.n === 0) return { ...(a.n === 0 ? b : a), n };
  const [dy, dx] = [b.yMean - a.yMean, b.xMean - a.xMean];
  const share = (a.n / n) * b.n;
  return {
    n,
    yMean: a.yMean + dy * (b.n / n),
    xMean: a.xMean + dx * (b.n / n),
    yM2: a.yM2 + b.yM2 + dy * dy * share,
    xM2: a.xM2 + b.xM2 + dx * dx * share,
    comoment: a.comoment + b.comoment + dy * dx * share,
    ...smallest("yMin", a, b),
    ...smallest("xMin", a, b),
  };
}

function smallest(part: "yMin" | "xMin", a: Sums, b: Sums): Pick<Sums, "yMin" | "xMin"> {
  const [one, other] = [a[part], b[part]];
  return one === undefined || other === undefined ? {} : { [part]: Math.min(one, other) };
}

function momentsOf(recount: Recount, metric: string, cut: Cut): Map<string, Sums & { conversions: number }> {
  const sums = new Map<string, Sums & { conversions: number }>();
  for (const row of recount.moments) {
    if (row.metric !== metric || !isBefore(row.day, cut)) continue;
    const key = keyOf(row);
    const before = sums.get(key) ?? NOTHING;
    sums.set(key, { ...combined(before, row), conversions: before.conversions + row.conversions });
  }
  return sums;
}

function countsOf(rows: readonly PopulationRow[], cut: Cut): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows)
    if (isBefore(row.day, cut)) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + row.n);
  return counts;
}

const keyOf = ({ epoch, variant }: { epoch: number; variant: string }) => `${epoch} ${variant}`;

function fromKey(key: string): [epoch: number, variant: string] {
  const space = key.indexOf(" ");
  return [Number(key.slice(0, space)), key.slice(space + 1)];
}
