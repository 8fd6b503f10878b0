import type {
  AssignmentType,
  ExperimentConfig,
  ExperimentPatch,
  Json,
  Plan,
  TargetingRules,
  Unit,
} from "../../types";
import { toNumber } from "./shares";

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
  };
  clientEvents: string[];
  conversionWindowDays: string;
  setPersonProperties: boolean;
}

/** The settings that the form edits, still unchecked: the paths are those of the schema. */
export type Settings = Omit<
  Required<ExperimentPatch>,
  "exclusionGroups" | "metrics" | "analysis" | "schedule"
>;

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
  targetingRules: { plans: [], teamIds: [], organizationIds: [], excludeOrganizations: false },
  clientEvents: [],
  conversionWindowDays: "14",
  setPersonProperties: false,
};

export function toFormValues(slug: string, description: string, config: ExperimentConfig): FormValues {
  const {
    plans = [],
    teamIds = [],
    organizationIds = [],
    excludeOrganizations = false,
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
    },
    clientEvents: config.clientEvents,
    conversionWindowDays: String(config.conversionWindowDays),
    setPersonProperties: config.setPersonProperties,
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

/** `kept` are the rules that the form does not edit: saving one part never erases another. */
export function toSettings(values: FormValues, kept: TargetingRules): Settings {
  const {
    slug: _named,
    variants,
    targetingRules,
    trafficPercentage,
    conversionWindowDays,
    ...asTheyAre
  } = values;
  return {
    ...asTheyAre,
    ...toVariants(variants),
    trafficPercentage: toNumber(trafficPercentage),
    conversionWindowDays: toNumber(conversionWindowDays),
    targetingRules: toRules(targetingRules, kept),
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

function toRules(rules: FormValues["targetingRules"], kept: TargetingRules): TargetingRules {
  const { plans, teamIds, organizationIds, excludeOrganizations } = rules;
  const { userAttributes } = kept;
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
