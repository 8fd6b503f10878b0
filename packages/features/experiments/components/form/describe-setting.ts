import { type Audience, type AudienceWords, audience } from "../shared/audience";
import { joined } from "../shared/joined";
import { assignmentTypeKeys, unitKeys } from "../shared/words";
import type { FormValues } from "./form-values";

export const settingKeys: Record<keyof FormValues, string> = {
  name: "experiment_name",
  slug: "experiment_slug",
  description: "description",
  hypothesis: "experiment_hypothesis",
  learning: "experiment_learning",
  tags: "experiment_tags",
  unit: "experiment_unit",
  assignmentType: "experiment_assignment_type",
  variants: "experiment_variants",
  trafficPercentage: "experiment_traffic",
  targetingRules: "experiment_targeting",
  clientEvents: "experiment_client_events",
  conversionWindowDays: "experiment_conversion_window",
  setPersonProperties: "experiment_person_properties",
  exclusionGroups: "experiment_exclusion_groups",
  metrics: "experiment_metrics",
  withoutMetric: "experiment_without_metric",
  analysis: "experiment_analysis",
  assumptions: "planning_assumptions",
  schedule: "experiment_schedule",
};

export const assumptionKeys: Record<keyof FormValues["assumptions"], string> = {
  perWeek: "planning_assumed_per_week",
  baseline: "planning_assumed_baseline",
  spread: "planning_assumed_spread",
  effect: "planning_assumed_effect",
};

/** One setting as a person reads it. */
export function describeSetting(
  key: keyof FormValues,
  values: FormValues,
  words: AudienceWords & { metricName: (key: string) => string },
): string {
  const { t } = words;
  switch (key) {
    case "name":
    case "slug":
    case "description":
    case "hypothesis":
    case "learning":
    case "withoutMetric":
      return values[key] === "" ? t("experiment_nothing") : values[key];
    case "unit":
      return t(unitKeys[values.unit]);
    case "assignmentType":
      return t(assignmentTypeKeys[values.assignmentType]);
    case "variants":
      return joined(
        values.variants.map(({ name, percentage, isControl, payload }) => {
          const notes = [isControl && t("experiment_control"), payload !== "" && t("experiment_payload")];
          const noted = notes.filter((note) => note !== false).join(", ");
          return `${name} ${percentage}%${noted === "" ? "" : ` (${noted})`}`;
        }),
      );
    case "trafficPercentage":
      return `${values.trafficPercentage}%`;
    case "targetingRules":
      return audience(audienceOf(values), words);
    case "clientEvents":
    case "tags":
      return values[key].length === 0 ? t("experiment_nothing") : values[key].join(", ");
    case "conversionWindowDays":
      return t("experiment_days", { count: Number(values.conversionWindowDays) });
    case "exclusionGroups":
      return values.exclusionGroups.length === 0
        ? t("experiment_nothing")
        : joined(
            values.exclusionGroups.map(
              ({ name, ranges }) => `${name} ${ranges.map(({ from, to }) => `${from}–${to}%`).join(", ")}`,
            ),
          );
    case "metrics": {
      const { primary, secondary, guardrails } = values.metrics;
      const keys = [...(primary === null ? [] : [primary]), ...secondary, ...guardrails];
      return keys.length === 0 ? t("experiment_nothing") : keys.map(words.metricName).join(", ");
    }
    case "analysis":
      return joined([
        t(values.analysis.mode === "sequential" ? "analysis_sequential" : "analysis_fixed"),
        t("experiment_days", { count: Number(values.analysis.minimumRuntimeDays) }),
        values.analysis.plannedSubjects,
      ]);
    case "assumptions":
      return (
        joined(
          Object.entries(values.assumptions)
            .filter(([, text]) => text !== "")
            .map(([part, text]) => `${t(assumptionKeys[part as keyof FormValues["assumptions"]])}: ${text}`),
        ) || t("experiment_nothing")
      );
    case "schedule":
      return (
        [values.schedule.startAt, values.schedule.stopAt].filter(Boolean).join(" – ") ||
        t("experiment_nothing")
      );
    case "setPersonProperties":
      return t(values.setPersonProperties ? "on" : "off");
  }
}

/** The audience of a form, as its sentence takes it. */
export function audienceOf({ unit, targetingRules }: FormValues): Audience {
  return { unit, ...targetingRules, attributes: targetingRules.userAttributes };
}
