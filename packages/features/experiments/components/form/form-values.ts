import type { Json } from "@calcom/lib/json";
import type { ExperimentConfig, ExperimentPatch } from "../../types/config";
import {
  type AnalysisSettings,
  type AssignmentType,
  DEFAULT_ANALYSIS,
  type ExperimentMetrics,
  NO_METRICS,
  NO_SCHEDULE,
  type Plan,
  type Schedule,
  type TargetingRules,
  type Unit,
} from "../../types/settings";
import { toNumber } from "./shares";
import {
  type AttributeValues,
  fromAttributeValues,
  noAttributes,
  toAttributeValues,
} from "./targeting/attribute-values";

/** A variant while it is typed. */
export interface VariantRow {
  name: string;
  percentage: string;
  /** JSON, or empty. */
  payload: string;
  isControl: boolean;
}

/** The settings as the controls hold them: text stays as it was typed until it is checked. */
export interface FormValues {
  name: string;
  slug: string;
  description: string;
  hypothesis: string;
  unit: Unit;
  assignmentType: AssignmentType;
  variants: VariantRow[];
  trafficPercentage: string;
  targetingRules: {
    plans: Plan[];
    teamIds: string[];
    organizationIds: string[];
    excludeOrganizations: boolean;
    userAttributes: AttributeValues;
  };
  exclusionGroups: { name: string; ranges: { from: string; to: string }[] }[];
  clientEvents: string[];
  conversionWindowDays: string;
  setPersonProperties: boolean;
  metrics: ExperimentMetrics;
  analysis: { mode: AnalysisSettings["mode"]; plannedSubjects: string; minimumRuntimeDays: string };
  schedule: Schedule;
}

/** The settings that the form edits, still unchecked: the paths are those of the schema. */
export type Settings = Required<ExperimentPatch>;

export const emptyForm: FormValues = {
  name: "",
  slug: "",
  description: "",
  hypothesis: "",
  unit: "user",
  assignmentType: "deterministic",
  variants: [
    { name: "control", percentage: "50", payload: "", isControl: true },
    { name: "treatment", percentage: "50", payload: "", isControl: false },
  ],
  trafficPercentage: "100",
  targetingRules: {
    plans: [],
    teamIds: [],
    organizationIds: [],
    excludeOrganizations: false,
    userAttributes: noAttributes,
  },
  exclusionGroups: [],
  clientEvents: [],
  conversionWindowDays: "14",
  setPersonProperties: false,
  metrics: NO_METRICS,
  analysis: toAnalysisValues(DEFAULT_ANALYSIS),
  schedule: NO_SCHEDULE,
};

export function toFormValues(slug: string, description: string, config: ExperimentConfig): FormValues {
  const {
    plans = [],
    teamIds = [],
    organizationIds = [],
    excludeOrganizations = false,
    userAttributes,
  } = config.targetingRules;
  return {
    name: config.name,
    slug,
    description,
    hypothesis: config.hypothesis,
    unit: config.unit,
    assignmentType: config.assignmentType,
    variants: toVariantRows(config),
    trafficPercentage: String(config.trafficPercentage),
    targetingRules: {
      plans,
      teamIds: teamIds.map(String),
      organizationIds: organizationIds.map(String),
      excludeOrganizations,
      userAttributes: toAttributeValues(userAttributes),
    },
    exclusionGroups: config.exclusionGroups.map(({ name, ranges }) => ({
      name,
      ranges: ranges.map(({ from, to }) => ({ from: String(from), to: String(to) })),
    })),
    clientEvents: config.clientEvents,
    conversionWindowDays: String(config.conversionWindowDays),
    setPersonProperties: config.setPersonProperties,
    metrics: config.metrics,
    analysis: toAnalysisValues(config.analysis),
    schedule: config.schedule,
  };
}

function toAnalysisValues({
  mode,
  plannedSubjects,
  minimumRuntimeDays,
}: AnalysisSettings): FormValues["analysis"] {
  return {
    mode,
    plannedSubjects: plannedSubjects === null ? "" : String(plannedSubjects),
    minimumRuntimeDays: String(minimumRuntimeDays),
  };
}

export function toVariantRows({
  variants,
  control,
}: Pick<ExperimentConfig, "variants" | "control">): VariantRow[] {
  return variants.map(({ name, percentage, payload }) => ({
    name,
    percentage: String(percentage),
    payload: payload === undefined ? "" : JSON.stringify(payload, null, 2),
    isControl: name === control,
  }));
}

export function toSettings(values: FormValues): Settings {
  const {
    slug: _named,
    variants,
    targetingRules,
    trafficPercentage,
    conversionWindowDays,
    exclusionGroups,
    analysis,
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
    analysis: {
      mode: analysis.mode,
      plannedSubjects: analysis.plannedSubjects.trim() === "" ? null : toNumber(analysis.plannedSubjects),
      minimumRuntimeDays: toNumber(analysis.minimumRuntimeDays),
    },
  };
}

export function toVariants(rows: VariantRow[]): Pick<Settings, "variants" | "control"> {
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

/** NaN where it cannot be read, since that is no JSON: the schema refuses it. */
function toJson(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return Number.NaN;
  }
}
