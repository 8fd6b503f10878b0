import { type Sentence, sentence } from "@calcom/lib/sentence";
import { z } from "zod";
import { type ExperimentConfig, experimentConfigSchema } from "../types/config";
import { type Status, statusSchema, variantSchema } from "../types/settings";
import { newConfig } from "./new-config";
import { refusalOfFirst } from "./refusal-of-first";

/** An experiment's row of `Feature`. */
export interface StoredFeature {
  slug: string;
  enabled: boolean;
  metadata: unknown;
}

export type StoredConfig = { ok: true; config: ExperimentConfig } | { ok: false; damage: Sentence };

// Rows from before there was a lifecycle hold variants and assignment type, or nothing at all.
const legacySchema = z.object({
  variants: z.array(variantSchema).default([]),
  assignmentType: z.enum(["deterministic", "random"]).default("deterministic"),
  status: z.undefined().optional(),
});

/**
 * The text by which a configuration is stored. What could not be read again is refused before it is written, whichever
 * door it came by: nobody could mend the experiment afterwards.
 *
 * @throws ExperimentError `invalid_config` at the field
 */
export function writeConfig(config: ExperimentConfig): string {
  const read = experimentConfigSchema.safeParse(config);
  if (!read.success) throw refusalOfFirst(read.error);
  return JSON.stringify(config);
}

const statusInMetadata = z.object({ status: statusSchema });

/**
 * Reads `Feature.metadata`. Null and legacy metadata load with what they have. No share is ever made up, so a row
 * without variants serves nobody. Anything that fits neither shape is damaged, and the answer says why.
 */
export function readStoredConfig({ slug, enabled, metadata }: StoredFeature): StoredConfig {
  const current = experimentConfigSchema.safeParse(metadata);
  if (current.success) return { ok: true, config: current.data };
  const legacy = legacySchema.safeParse(metadata ?? {});
  if (legacy.success) return { ok: true, config: fromLegacy(slug, enabled, legacy.data) };
  return { ok: false, damage: describeDamage(current.error) };
}

/**
 * The status of any row. A damaged row may still name it. If it does not, as in rows from before there was a lifecycle,
 * `enabled` decides.
 */
export function readStatus({ enabled, metadata }: Pick<StoredFeature, "enabled" | "metadata">): Status {
  const named = statusInMetadata.safeParse(metadata);
  if (named.success) return named.data.status;
  return enabled ? "running" : "draft";
}

function fromLegacy(slug: string, enabled: boolean, legacy: z.infer<typeof legacySchema>): ExperimentConfig {
  const { assignmentType, variants } = legacy;
  const control = variants.find(({ name }) => name === "control") ?? variants[0];
  const status = readStatus({ enabled, metadata: null });
  // Before there were salts, the slug was hashed.
  const known = { name: slug, salt: slug, status, assignmentType, variants };
  return newConfig(control === undefined ? known : { ...known, control: control.name });
}

/** Names the place only: zod's own message is for people who read schemas. */
function describeDamage(error: z.ZodError): Sentence {
  const field = error.issues[0]?.path.join(".") ?? "";
  return field === ""
    ? sentence("The stored configuration can’t be read: it isn’t an experiment configuration.")
    : sentence("The stored configuration can’t be read: {{field}} is missing or invalid.", {
        field,
      });
}
