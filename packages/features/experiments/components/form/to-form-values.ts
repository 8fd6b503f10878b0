import { type AnalysisSettings, DEFAULT_ANALYSIS } from "../../types/analysis";
import { type Assumptions, NO_ASSUMPTIONS } from "../../types/assumptions";
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
    tags: config.tags,
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
    assumptions: toAssumptionValues(config.assumptions),
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

function toAssumptionValues(assumptions: Assumptions): FormValues["assumptions"] {
  const text = (value: number | null) => (value === null ? "" : String(value));
  const { perWeek, baseline, spread, effect } = assumptions;
  return { perWeek: text(perWeek), baseline: text(baseline), spread: text(spread), effect: text(effect) };
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
  tags: [],
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
  assumptions: toAssumptionValues(NO_ASSUMPTIONS),
  schedule: NO_SCHEDULE,
};
