import { isRecord, type Json } from "@calcom/lib/json";
import { z } from "zod";
import type { AuditEntry, Difference } from "../types/activity";
import { metricsSchema, NO_METRICS } from "../types/metrics";
import { statusSchema } from "../types/settings";
import { listDifferences } from "../utils/differences";
import type { AuditRow } from "./audit.repository";

/** Columns that change with every save, and would bury the change itself; and what only plain flags have. */
const INCIDENTAL = new Set([
  "version",
  "updatedAt",
  "updatedBy",
  "createdAt",
  "rolloutPercentage",
  "rolloutUnit",
]);

/** What says nothing in parts: a condition, a range, the metrics as they were registered. */
const WHOLE =
  /^metadata\.(?:registeredMetrics|catalogMetrics|convertedFrom|targetingRules\.userAttributes|exclusionGroups\.\d+\.ranges\.\d+)$/;

/** What one row of the log says, in differences from value to value. */
export function toEntry({ before, after, ...row }: AuditRow): AuditEntry {
  // Of the flag that an experiment was, only whether it is turned off ever changes.
  const isFlagKept = [before, after].every(wasFlag);
  const isWhole = (path: string) => WHOLE.test(path) && !(isFlagKept && path === FORMER_FLAG);
  const differences = listDifferences(withParts(before), withParts(after), isWhole)
    .map((difference) => ({ ...difference, path: nameOf(difference.path, row.tableName) }))
    .filter((difference): difference is Difference => difference.path !== null);
  return {
    ...row,
    isReportLink: row.tableName === "PreviewLink" && [before, after].some(hasToken),
    differences,
    changesMetricsAfterStart: changesMetricsAfterStart({ before, after }, differences),
  };
}

/** Under which name a column or a setting is told of; null where it is not. */
function nameOf(path: string, table: AuditRow["tableName"]): string | null {
  const told = toldColumns[table];
  if (told !== undefined) return told[path] ?? null;
  return INCIDENTAL.has(path) ? null : path.replace(/^metadata\./, "");
}

/** Of these tables nothing else. A column that means something else in `Feature` has a name of its own. */
const toldColumns: Partial<Record<AuditRow["tableName"], Record<string, string>>> = {
  PreviewLink: { expiresAt: "expiresAt" },
  ExperimentMetric: {
    version: "metricVersion",
    status: "metricStatus",
    description: "description",
    ownerId: "ownerId",
  },
  ExperimentChecklistItem: { text: "text" },
};

const FORMER_FLAG = "metadata.convertedFrom";

function wasFlag(row: AuditRow["before"]): boolean {
  return isRecord(row) && isRecord(row.metadata) && isRecord(row.metadata.convertedFrom);
}

/** What is kept of one that opens a report; it stays in the log. */
function hasToken(row: AuditRow["before"]): boolean {
  return isRecord(row) && typeof row.tokenHash === "string";
}

/** Also of nothing, and of a flag without metadata, so that all is told setting by setting. */
function withParts(row: AuditRow["before"]): Json {
  return isRecord(row) ? { ...row, metadata: row.metadata ?? {} } : { metadata: {} };
}

/** Where no metrics are named, every event that browsers may report is one. */
function changesMetricsAfterStart(
  { before, after }: Pick<AuditRow, "before" | "after">,
  differences: readonly Difference[],
): boolean {
  const changed = differences.filter(({ path }) => /^(?:metrics|clientEvents)\./.test(path));
  if (changed.length === 0) return false;
  const [then, now] = [readMeasured(before), readMeasured(after)];
  if (then === null || now === null || then.status === "draft") return false;
  const { primary, secondary, guardrails } = now.metrics;
  const isByEvents = primary === null && secondary.length === 0 && guardrails.length === 0;
  return isByEvents || changed.some(({ path }) => path.startsWith("metrics."));
}

const measuredSchema = z.object({
  metadata: z.object({ status: statusSchema, metrics: metricsSchema.default(NO_METRICS) }),
});

function readMeasured(row: AuditRow["before"]): z.infer<typeof measuredSchema>["metadata"] | null {
  const read = measuredSchema.safeParse(row);
  return read.success ? read.data.metadata : null;
}
