import { canonicalJson } from "@calcom/lib/canonical-json";
import { z } from "zod";
import type { ExperimentConfig } from "../types/config";
import {
  type ExperimentInput,
  type ExperimentPatch,
  experimentInputSchema,
  learningSchema,
} from "../types/input";
import type { EditableField } from "./lifecycle";
import { refusalOfFirst } from "./refusal-of-first";

/** The part of the configuration that an admin may set. */
export function toInput(slug: string, description: string, config: ExperimentConfig): ExperimentInput {
  const {
    status,
    salt,
    hashVersion,
    epoch,
    winnerVariant,
    conclusionReason,
    takenBack,
    startedAt,
    endedAt,
    ownerId,
    convertedFrom,
    registeredMetrics,
    catalogMetrics,
    plannedBy,
    ...settings
  } = config;
  return { slug, description, ...settings };
}

/**
 * Applies the schema of the form and the routers to every other door as well.
 *
 * @throws ExperimentError `invalid_config` at the first field that is wrong
 */
export function validateInput(input: ExperimentInput): ExperimentInput {
  const result = experimentInputSchema.safeParse(input);
  if (result.success) return result.data;
  throw refusalOfFirst(result.error);
}

/** @throws ExperimentError `invalid_config` at `learning` */
export function validateLearning(learning: string): void {
  const result = z.object({ learning: learningSchema }).safeParse({ learning });
  if (!result.success) throw refusalOfFirst(result.error);
}

/** The fields whose value in the patch differs from the present one. */
export function findChangedFields(
  before: ExperimentConfig,
  description: string,
  patch: ExperimentPatch,
): EditableField[] {
  const current: ExperimentPatch = toInput("", description, before);
  return (Object.keys(patch) as EditableField[]).filter(
    (field) => patch[field] !== undefined && canonicalJson(patch[field]) !== canonicalJson(current[field]),
  );
}

export function dropUndefined(patch: ExperimentPatch): ExperimentPatch {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

/** Whether the assignment of new subjects changes, which begins an epoch. */
export function sharesDiffer(before: ExperimentConfig, after: ExperimentConfig): boolean {
  const shares = ({ variants, trafficPercentage }: ExperimentConfig) =>
    canonicalJson([trafficPercentage, variants.map(({ name, percentage }) => [name, percentage])]);
  return shares(before) !== shares(after);
}
