import type { FormValues } from "./form-values";

export type FieldPath =
  | keyof FormValues
  | `variants.${number}.${"name" | "percentage" | "payload"}`
  | `targetingRules.${keyof FormValues["targetingRules"]}`
  | `analysis.${keyof FormValues["analysis"]}`
  | `assumptions.${keyof FormValues["assumptions"]}`
  | `schedule.${keyof FormValues["schedule"]}`
  | "root";

export function isVariantKey(key: string | undefined): key is "name" | "percentage" | "payload" {
  return key === "name" || key === "percentage" || key === "payload";
}

const ruleKeys = ["plans", "teamIds", "organizationIds", "excludeOrganizations", "userAttributes"] as const;

export function isRuleKey(key: string | undefined): key is (typeof ruleKeys)[number] {
  return ruleKeys.some((known) => known === key);
}

export function isAnalysisKey(key: string | undefined): key is keyof FormValues["analysis"] {
  return key === "mode" || key === "plannedSubjects" || key === "minimumRuntimeDays";
}

export function isAssumptionKey(key: string | undefined): key is keyof FormValues["assumptions"] {
  return key === "perWeek" || key === "baseline" || key === "spread" || key === "effect";
}

export function isScheduleKey(key: string | undefined): key is keyof FormValues["schedule"] {
  return key === "startAt" || key === "stopAt";
}

const formKeys: Record<keyof FormValues, true> = {
  name: true,
  slug: true,
  description: true,
  hypothesis: true,
  learning: true,
  tags: true,
  unit: true,
  assignmentType: true,
  variants: true,
  trafficPercentage: true,
  targetingRules: true,
  clientEvents: true,
  conversionWindowDays: true,
  setPersonProperties: true,
  exclusionGroups: true,
  metrics: true,
  withoutMetric: true,
  analysis: true,
  assumptions: true,
  schedule: true,
};

export function isFormKey(key: string): key is keyof FormValues {
  return Object.hasOwn(formKeys, key);
}
