import type { ArmData, EpochData, EpochUnits } from "@calcom/statistics";
import { listSources, type Metric } from "../metrics/define-metric";
import { type Cut, isBefore, type PopulationRow, type Recount, type Weights } from "./recount-rows";
import { addSums, addZeros, NOTHING, type Sums } from "./sums";

/** Builds the engine's input for one metric, from the subjects before the cut. */
export function buildEpochs(recount: Recount, metric: Metric, weights: Weights, cut: Cut): EpochData[] {
  // Erased subjects cannot be found in the application's own tables any more: it is unknown whether they did something.
  const without = needsIdentity(metric) ? countByArm(recount.erased, cut) : new Map<string, number>();
  const did = sumMoments(recount, metric.key, cut);
  const epochs = new Map<number, EpochData>();
  for (const [key, count] of countByArm(recount.population, cut)) {
    const [epoch, variant] = fromArmKey(key);
    const n = count - (without.get(key) ?? 0);
    if (n <= 0) continue;
    const data = epochs.get(epoch) ?? { epoch, weights: weights.get(epoch) ?? {}, arms: {} };
    data.arms[variant] = buildArm(
      metric,
      addZeros(did.get(key) ?? NOTHING, n),
      did.get(key)?.conversions ?? 0,
    );
    epochs.set(epoch, data);
  }
  return [...epochs.values()].sort((a, b) => a.epoch - b.epoch);
}

/**
 * Counts exposed subjects per epoch and variant, whether or not their window has closed. The test of the split uses
 * these.
 */
export function countUnitsByEpoch(recount: Recount, weights: Weights, cut: Cut): EpochUnits[] {
  const epochs = new Map<number, EpochUnits>();
  for (const [key, n] of countByArm(recount.population, cut)) {
    const [epoch, variant] = fromArmKey(key);
    const entry = epochs.get(epoch) ?? { epoch, weights: weights.get(epoch) ?? {}, units: {} };
    entry.units[variant] = n;
    epochs.set(epoch, entry);
  }
  return [...epochs.values()].sort((a, b) => a.epoch - b.epoch);
}

/** Counts exposed subjects before the cut, over all variants and epochs. */
export function countExposed(rows: readonly PopulationRow[], cut: Cut): number {
  return rows.reduce((total, { day, n }) => total + (isBefore(day, cut) ? n : 0), 0);
}

function needsIdentity(metric: Metric): boolean {
  return listSources(metric).some((source) => "query" in source);
}

export function buildArm(metric: Metric, sums: Sums, conversions: number): ArmData {
  const { n, yMean, yM2, xMean, xM2, comoment, yMin, xMin } = sums;
  const y = { mean: yMean, m2: yM2, ...(yMin === undefined ? {} : { min: yMin }) };
  const x = { mean: xMean, m2: xM2 };
  const adjusting = () =>
    "covariate" in metric && metric.covariate !== null ? { covariate: { ...x, comoment } } : {};
  switch (metric.kind) {
    case "conversion":
      return { kind: "rate", n, conversions, ...adjusting() };
    case "mean":
      return { kind: "mean", n, value: y, ...adjusting() };
    case "ratio": {
      const denominator = { ...x, ...(xMin === undefined ? {} : { min: xMin }) };
      return { kind: "ratio", n, numerator: y, denominator, comoment };
    }
  }
}

function sumMoments(recount: Recount, metric: string, cut: Cut): Map<string, Sums & { conversions: number }> {
  const sums = new Map<string, Sums & { conversions: number }>();
  for (const row of recount.moments) {
    if (row.metric !== metric || !isBefore(row.day, cut)) continue;
    const key = toArmKey(row);
    const before = sums.get(key) ?? NOTHING;
    sums.set(key, { ...addSums(before, row), conversions: before.conversions + row.conversions });
  }
  return sums;
}

function countByArm(rows: readonly PopulationRow[], cut: Cut): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows)
    if (isBefore(row.day, cut)) counts.set(toArmKey(row), (counts.get(toArmKey(row)) ?? 0) + row.n);
  return counts;
}

const toArmKey = ({ epoch, variant }: { epoch: number; variant: string }) => `${epoch} ${variant}`;

function fromArmKey(key: string): [epoch: number, variant: string] {
  const space = key.indexOf(" ");
  return [Number(key.slice(0, space)), key.slice(space + 1)];
}
