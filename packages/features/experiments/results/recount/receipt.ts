import { createHash } from "node:crypto";
import { canonicalJson } from "@calcom/lib/canonical-json";
import type { Metric } from "../../metrics/define-metric";
import type { Epoch } from "../../types/admin";
import type { ExperimentConfig } from "../../types/config";
import type { DigestRow } from "../digest-row";
import type { Recount } from "../recount-rows";
import type { Receipt, RecountRun, StoredResult } from "../types";
import { ENGINE_VERSION, nameVersion } from "./versions";

/**
 * Makes a receipt: all that is needed to compute a conclusion again, and to say what has changed if the result differs.
 */
export function makeReceipt(parts: {
  config: Pick<ExperimentConfig, "endedAt" | "winnerVariant" | "registeredMetrics">;
  epochs: readonly Epoch[];
  chosen: readonly Metric[];
  run: RecountRun;
  recount: Recount;
  digest: DigestRow;
  result: StoredResult;
}): Receipt {
  const { config, epochs, chosen, run, recount, digest, result } = parts;
  const content = {
    format: 1 as const,
    slug: result.slug,
    concludedAt: config.endedAt ?? result.asOf,
    winner: config.winnerVariant,
    statement: run.statement,
    parameters: run.parameters,
    recount,
    digest,
    metrics: [...chosen],
    registered: config.registeredMetrics,
    weights: epochs.map(({ number, weights }) => ({ epoch: number, weights })),
    versions: {
      engine: ENGINE_VERSION,
      node: process.version,
      postgres: digest.postgres,
      metrics: Object.fromEntries(chosen.map((metric) => [metric.key, nameVersion(metric)])),
    },
    plan: { subjects: result.plannedSubjects, days: result.settings.minimumRuntimeDays },
    result,
  };
  return { ...content, hash: hashReceipt(content) };
}

/** Hashes the receipt without its hash. The hash survives a way through jsonb, which reorders keys. */
export function hashReceipt(receipt: Omit<Receipt, "hash">): string {
  return createHash("sha256").update(canonicalJson(receipt)).digest("hex");
}
