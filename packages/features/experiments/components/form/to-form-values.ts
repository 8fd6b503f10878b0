import { type AnalysisSettings, DEFAULT_ANALYSIS } from "../../types/analysis";
import type { ExperimentConfig } from "../../types/config";
import { NO_METRICS } from "../../types/metrics";
import { NO_SCHEDULE } from "../../types/settings";
import type { FormValues, VariantRow } from "./form-values";
import { noAttributes, toAttributeValues } from "./targeting/attribute-values";

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
    learning: config.learning,
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
    withoutMetric: config.withoutMetric ?? "",
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

  const text = (value: number | null) => (value === null ? "" : String(value));
}

function toVariantRows({ variants, control }: Pick<ExperimentConfig, "variants" | "control">): VariantRow[] {
  return variants.map(({ name, percentage, payload }) => ({
    name,
    percentage: String(percentage),
    payload: payload === undefined ? "" : JSON.stringify(payload, null, 2),
    isControl: name === control,
  }));
}

export const emptyForm: FormValues = {
  name: "",
  slug: "",
  description: "",
  hypothesis: "",
  learning: "",
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
  withoutMetric: "",
  analysis: toAnalysisValues(DEFAULT_ANALYSIS),
  schedule: NO_SCHEDULE,
};
