import { readJson } from "@calcom/lib/gate/json-text";
import type { Json } from "@calcom/lib/json";
import type { ExperimentPatch } from "../../types/input";
import { hasPrimary } from "../../types/metrics";
import type { TargetingRules } from "../../types/targeting-rules";
import type { FormValues, VariantRow } from "./form-values";
import { toNumber } from "./shares";
import { fromAttributeValues } from "./targeting/attribute-values";

/** The settings that the form edits, still unchecked: the paths are those of the schema. */
export type Settings = Required<ExperimentPatch>;

export function toSettings(values: FormValues): Settings {
  const {
    slug: _named,
    variants,
    targetingRules,
    trafficPercentage,
    conversionWindowDays,
    exclusionGroups,
    withoutMetric,
    analysis,
    assumptions,
    ...asTheyAre
  } = values;
  return {
    ...asTheyAre,
    ...toVariants(variants),
    trafficPercentage: toNumber(trafficPercentage),
    conversionWindowDays: toNumber(conversionWindowDays),
    targetingRules: toRules(targetingRules),
    exclusionGroups: exclusionGroups.map(({ name, ranges }) => ({
      name: name.trim(),
      ranges: ranges.map(({ from, to }) => ({ from: toNumber(from), to: toNumber(to) })),
    })),
    withoutMetric: hasPrimary(values) ? null : withoutMetric.trim() || null,
    analysis: {
      mode: analysis.mode,
      plannedSubjects: toNumberOrNull(analysis.plannedSubjects),
      minimumRuntimeDays: toNumber(analysis.minimumRuntimeDays),
    },
    assumptions: {
      perWeek: toNumberOrNull(assumptions.perWeek),
      baseline: toNumberOrNull(assumptions.baseline),
      spread: toNumberOrNull(assumptions.spread),
      effect: toNumberOrNull(assumptions.effect),
    },
  };
}

function toNumberOrNull(text: string): number | null {
  return text.trim() === "" ? null : toNumber(text);
}

function toVariants(rows: VariantRow[]): Pick<Settings, "variants" | "control"> {
  return {
    variants: rows.map(({ name, percentage, payload }) => ({
      name: name.trim(),
      percentage: toNumber(percentage),
      ...(payload.trim() === "" ? {} : { payload: toJson(payload) }),
    })),
    control: rows.find(({ isControl }) => isControl)?.name.trim() ?? "",
  };
}

/** What differs, by setting: the patch of a save. */
export function changedSettings(before: Settings, after: Settings): Partial<Settings> {
  const changed = Object.entries(after).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof Settings]),
  );
  return Object.fromEntries(changed);
}

export function toRules(rules: FormValues["targetingRules"]): TargetingRules {
  const { plans, teamIds, organizationIds, excludeOrganizations } = rules;
  const userAttributes = fromAttributeValues(rules.userAttributes);
  return {
    ...(plans.length > 0 && { plans }),
    ...(teamIds.length > 0 && { teamIds: teamIds.map(Number) }),
    ...(organizationIds.length > 0 && { organizationIds: organizationIds.map(Number) }),
    ...(excludeOrganizations && { excludeOrganizations }),
    ...(userAttributes !== undefined && { userAttributes }),
  };
}

/** What cannot be read the schema refuses, in words. */
function toJson(text: string): Json {
  return readJson(text) as Json;
}
