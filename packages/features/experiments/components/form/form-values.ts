import type { AnalysisSettings } from "../../types/analysis";
import type { Assumptions } from "../../types/assumptions";
import type { ExperimentMetrics } from "../../types/metrics";
import type { AssignmentType, Plan, Schedule, Unit } from "../../types/settings";
import type { AttributeValues } from "./targeting/attribute-values";

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
  learning: string;
  tags: string[];
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
  /** Why there is no primary metric, or empty. */
  withoutMetric: string;
  analysis: { mode: AnalysisSettings["mode"]; plannedSubjects: string; minimumRuntimeDays: string };
  /** Texts as they were typed. */
  assumptions: Record<keyof Assumptions, string>;
  schedule: Schedule;
}
