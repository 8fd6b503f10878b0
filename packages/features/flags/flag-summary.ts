import { written } from "@calcom/lib/sentence";
import { doRowsCount, readStoredConfig, standingOf, statusOf } from "../experiments/utils";
import type { ListedFlag } from "./flag-list-sql";
import { readChange } from "./schedule/types";
import type { FlagSummary } from "./types";

export function toSummary({
  metadata,
  updatedById,
  updatedByName,
  overridesOn,
  overridesOff,
  rolloutPercentage,
  rolloutUnit,
  planned,
  dropped,
  nextAt,
  nextEnabled,
  nextPercentage,
  nextUnit,
  total: _ofAll,
  ...flag
}: ListedFlag): FlagSummary {
  return {
    ...flag,
    updatedBy: updatedById === null ? null : { id: updatedById, name: updatedByName ?? "" },
    overrides: { on: overridesOn, off: overridesOff },
    schedule: {
      planned,
      dropped,
      next: nextAt && {
        at: nextAt,
        change: readChange({
          enabled: nextEnabled,
          rolloutPercentage: nextPercentage,
          rolloutUnit: nextUnit,
        }),
      },
    },
    rollout:
      rolloutPercentage === null || rolloutUnit === null
        ? null
        : { percentage: rolloutPercentage, unit: rolloutUnit },
    experiment: flag.type === "EXPERIMENT" ? toExperiment({ ...flag, metadata }) : null,
  };
}

function toExperiment(feature: {
  slug: string;
  enabled: boolean;
  metadata: unknown;
}): FlagSummary["experiment"] {
  const stored = readStoredConfig(feature);
  if (stored.ok) {
    const { name, status } = stored.config;
    const { isConverted, isTurnedOff } = standingOf(stored.config);
    const flag = { isOn: status !== "off" && !isTurnedOff, areRowsOpen: doRowsCount(stored.config) };
    return { name, status, damage: null, ...(isConverted && { flag }) };
  }
  return { name: feature.slug, status: statusOf(feature), damage: written(stored.damage) };
}
