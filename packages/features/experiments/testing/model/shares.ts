import fc from "fast-check";
import { expect } from "vitest";
import type { ExperimentDetail } from "../../types/admin";
import { isLive, type ModelExperiment } from "./model";

export const weights = fc
  .constantFrom([50, 50, 0], [90, 10, 0], [0, 100, 0], [33.3, 33.3, 33.4], [0.01, 0, 99.99])
  .map((shares) => ({ control: shares[0] ?? 0, b: shares[1] ?? 0, c: shares[2] ?? 0 }));

export const variantsOf = (shares: Record<string, number>) =>
  Object.entries(shares).map(([name, percentage]) => ({ name, percentage }));

export const shareChange = fc.oneof(
  weights.map((shares) => ({ weights: shares })),
  fc.constantFrom(0, 0.01, 10, 50, 100).map((traffic) => ({ traffic })),
);
export type ShareChange = { weights: Record<string, number> } | { traffic: number };

export const patchOf = (change: ShareChange) =>
  "traffic" in change ? { trafficPercentage: change.traffic } : { variants: variantsOf(change.weights) };

/** What a saved change of weights or traffic makes of the experiment. */
export function applyShares(experiment: ModelExperiment, change: ShareChange): void {
  // What changes nothing is no change: it counts no version.
  if (!isDifferent(experiment, change)) return;
  Object.assign(experiment, change, { version: experiment.version + 1 });
  if (isLive(experiment)) openEpoch(experiment);
}

export function openEpoch({ epochs, weights: shares, traffic }: ModelExperiment): void {
  epochs.push({ weights: shares, traffic });
}

export function isDifferent(experiment: ModelExperiment, change: ShareChange): boolean {
  const own: Record<string, unknown> = { weights: experiment.weights, traffic: experiment.traffic };
  return Object.entries(change).some(([key, value]) => JSON.stringify(own[key]) !== JSON.stringify(value));
}

export function applySaves(
  experiment: ModelExperiment,
  changes: ShareChange[],
  saves: PromiseSettledResult<ExperimentDetail>[],
): void {
  const refused = saves.flatMap((save) => (save.status === "rejected" ? [save.reason] : []));
  for (const reason of refused) expect(reason).toMatchObject({ code: "stale_version" });
  // A save that changes nothing makes none of the others stale.
  const effective = changes.filter((change) => isDifferent(experiment, change));
  const saved = changes.filter(
    (change, index) => saves[index]?.status === "fulfilled" && effective.includes(change),
  );
  expect(saved, "all but one of the simultaneous changes are stale").toHaveLength(
    Math.min(1, effective.length),
  );
  if (effective.length === 0) expect(refused).toEqual([]);
  for (const change of saved) applyShares(experiment, change);
}
