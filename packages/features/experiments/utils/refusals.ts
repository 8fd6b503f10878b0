import { changedMeanwhile } from "@calcom/lib/changed-meanwhile";
import { type Sentence, sentence } from "@calcom/lib/sentence";
import { SLUG_USED_BEFORE, sqlState, UNIQUE_VIOLATION } from "@calcom/lib/sql";
import type { MetricRegistry } from "../metrics/registry";
import type { ExperimentDetail } from "../types/admin";
import type { ExperimentConfig } from "../types/config";
import { ExperimentError } from "../types/errors";
import type { Status, Unit } from "../types/settings";
import type { EditableField } from "./lifecycle";

export function noSuchExperiment(slug: string): ExperimentError {
  return new ExperimentError(
    "not_found",
    sentence("There is no experiment {{slug}}, or it was deleted. Choose one from the list.", { slug }),
  );
}

export function noSuchMetric(key: string): ExperimentError {
  return new ExperimentError(
    "not_found",
    sentence("There is no metric {{key}}. Choose one from the catalog.", { key }),
  );
}

export function slugTaken(slug: string, cause: unknown): ExperimentError | null {
  const text = slugTexts[sqlState(cause) ?? ""];
  if (text === undefined) return null;
  return new ExperimentError("slug_taken", sentence(text, { slug }), { field: "slug", cause });
}

const slugTexts: Record<string, string> = {
  [UNIQUE_VIOLATION]: "The slug {{slug}} is taken. Choose another one.",
  [SLUG_USED_BEFORE]:
    "The slug {{slug}} belonged to a deleted experiment and can’t be reused. Choose another one.",
};

export function lockedField(field: EditableField, status: Status): ExperimentError {
  const why =
    status === "concluded" || status === "archived"
      ? "Locked: the experiment has ended. Duplicate it to change this."
      : "Locked since the start. Duplicate the experiment to change this.";
  return new ExperimentError("locked_field", why, { field });
}

export function lostVariant(variant: string): ExperimentError {
  return new ExperimentError(
    "locked_field",
    sentence("{{variant}} already has participants. Set it to 0% instead of removing or renaming it.", {
      variant,
    }),
    { field: "variants" },
  );
}

/**
 * Refuses metrics that no code defines: they would leave a hole in the results.
 *
 * @throws ExperimentError `invalid_config`
 */
export function refuseUnknownMetrics(
  registry: MetricRegistry,
  config: Pick<ExperimentConfig, "metrics" | "clientEvents" | "unit">,
): void {
  const { unknown } = registry.plan(config);
  if (unknown.length === 0) return;
  const known = registry.list().map(({ key }) => key);
  throw new ExperimentError(
    "invalid_config",
    sentence("No metric {{unit}} is called {{unknown}}. Choose one of {{known}}.", {
      unit: forUnit[config.unit],
      unknown: unknown.map(({ key }) => key).join(", "),
      known: [...known, "event:<event>"].join(", "),
    }),
    { field: "metrics" },
  );
}

/**
 * @param fault the end of a sentence: what is wrong with it
 * @param field where it is chosen, or where it is made
 */
export function metricFault(
  name: string,
  fault: string | Sentence,
  field: "metrics" | "definition" = "metrics",
): ExperimentError {
  return new ExperimentError(
    "invalid_config",
    sentence(
      "{{name}} can’t be measured on this database: {{fault}}. Correct its definition, or choose another metric.",
      { name, fault },
    ),
    { field },
  );
}

export function damagedConfig(damage: Sentence): ExperimentError {
  return new ExperimentError(
    "damaged_config",
    sentence("{{damage}} Restore it in the database first.", { damage }),
  );
}

export function staleVersion(current: ExperimentDetail): ExperimentError {
  const { message, details } = changedMeanwhile(current.name, current.updatedBy?.name ?? null);
  return new ExperimentError("stale_version", message, { details: { ...details, current } });
}

export const forUnit: Record<Unit, Sentence> = {
  user: sentence("for users"),
  team: sentence("for teams"),
  visitor: sentence("for visitors"),
};
