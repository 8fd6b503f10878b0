import { createHash } from "node:crypto";
import type { Metric } from "../../metrics/define-metric";

/** Increase it when the engine answers differently to the same figures. */
export const ENGINE_VERSION = "6";

/** Names one wording of a definition; how its values are written changes none of them. */
export function nameVersion(metric: Metric): string {
  const { currency: _currency, ...counted } = { currency: undefined, ...metric };
  return hash(counted).slice(0, 12);
}

export function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
