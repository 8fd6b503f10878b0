import { written } from "@calcom/lib/sentence";
import type { MetricPlanning } from "../metrics/planned";
import type { MetricRegistry } from "../metrics/registry";
import type { ChosenAfterStart, ExperimentSummary, SplitDoubt } from "../types/admin";
import { readStatus, readStoredConfig } from "../utils/stored-config";
import { findTakeBackEnd } from "../utils/take-back";
import type { DescribedRow } from "./catalog.repository";

/** An experiment as the list shows it. A damaged one is shown with what can still be read. */
export function summarize(row: DescribedRow, metrics: MetricRegistry): ExperimentSummary {
  const stored = readStoredConfig(row);
  const config = stored.ok ? stored.config : null;
  const plan = config === null ? null : metrics.plan(config);
  return {
    slug: row.slug,
    name: config?.name ?? row.slug,
    status: readStatus(row),
    unit: config?.unit ?? "user",
    assignmentType: config?.assignmentType ?? "deterministic",
    variants: config?.variants ?? [],
    control: config?.control ?? "control",
    winnerVariant: config?.winnerVariant ?? null,
    takeBackUntil: config === null ? null : findTakeBackEnd(config),
    owner: row.ownerId === null ? null : { id: row.ownerId, name: row.ownerName ?? "" },
    tags: config?.tags ?? [],
    updatedBy: row.updatedById === null ? null : { id: row.updatedById, name: row.updatedByName ?? "" },
    assignments: row.assignments,
    areMore: row.areMore,
    recentExposures: row.recentExposures,
    countedAt: row.countedAt,
    splitOff: isDoubt(row.splitOff) ? row.splitOff : null,
    chosenAfterStart: row.markedAtEnd ?? (plan === null ? [] : listChosenAfterStart(plan)),
    splitOffIn: row.splitOffIn,
    health: row.health,
    effect: row.effect,
    verdictMetric: plan === null ? null : findPrimary(plan),
    version: row.version,
    updatedAt: row.updatedAt,
    isConverted: config?.convertedFrom != null,
    isTurnedOff: config?.convertedFrom?.isTurnedOff ?? false,
    damage: stored.ok ? null : written(stored.damage),
  };
}

/** A stored result that was edited by hand may hold anything. */
function isDoubt(doubt: SplitDoubt | null): boolean {
  return typeof doubt?.p === "number" && Array.isArray(doubt.variants);
}

function findPrimary({ metrics, unknown }: MetricPlanning): ExperimentSummary["verdictMetric"] {
  const found =
    metrics.find(({ role }) => role === "primary")?.metric ?? unknown.find(({ role }) => role === "primary");
  return found === undefined ? null : { key: found.key, name: found.name };
}

function listChosenAfterStart({ metrics }: MetricPlanning): ChosenAfterStart[] {
  return metrics.flatMap(({ metric, isChosenAfterStart, isRedefined = false }) =>
    isChosenAfterStart ? [{ key: metric.key, isRedefined }] : [],
  );
}
