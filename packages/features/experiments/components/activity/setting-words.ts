import type { Verdict } from "@calcom/statistics";
import type { ActivitySubject } from "../../types/activity";
import type { AnalysisSettings, PlanSource } from "../../types/analysis";
import type { RegisteredMetric } from "../../types/metrics";
import { statusKeys } from "../ExperimentStatus";
import { metricStatusKeys } from "../metrics/metric-words";
import { roleKeys } from "../people/words";
import { assignmentTypeKeys, conclusionReasonKeys, planKeys, unitKeys } from "../shared/words";

type FlagType = "RELEASE" | "EXPERIMENT" | "OPERATIONAL" | "KILL_SWITCH" | "PERMISSION";
const types: Record<FlagType, string> = {
  RELEASE: "activity_type_release",
  EXPERIMENT: "activity_type_experiment",
  OPERATIONAL: "activity_type_operational",
  KILL_SWITCH: "activity_type_kill_switch",
  PERMISSION: "activity_type_permission",
};

const modes: Record<AnalysisSettings["mode"], string> = {
  sequential: "analysis_sequential",
  fixed: "analysis_fixed",
};

const sources: Record<PlanSource, string> = {
  typed: "analysis_planned_by_typed",
  minimum_effect: "analysis_planned_by_minimum_effect",
  weeks: "analysis_planned_by_weeks",
  fewest: "analysis_planned_by_fewest",
  default: "analysis_planned_by_default",
};

const verdicts: Record<Verdict["code"], string> = {
  no_answer: "activity_verdict_no_answer",
  split_is_off: "activity_verdict_split_is_off",
  too_early: "activity_verdict_too_early",
  before_planned_end: "activity_verdict_before_planned_end",
  guardrail_worse: "activity_verdict_guardrail_worse",
  mixed: "activity_verdict_mixed",
  better: "results_outcome_better",
  worse: "results_outcome_worse",
  no_longer_clear: "results_outcome_no_longer_clear",
  no_difference_that_matters: "results_outcome_no_difference",
  no_clear_difference: "results_outcome_no_clear_difference",
  keep_going: "results_outcome_undecided",
};

const contents: Record<string, string> = {
  "activity as CSV": "activity_content_activity_csv",
  "results as CSV": "activity_content_results_csv",
  "results as JSON": "activity_content_results_json",
  "report as Markdown": "activity_content_report_markdown",
};

// As the database writes them.
const roles = Object.fromEntries(Object.entries(roleKeys).map(([role, key]) => [role.toUpperCase(), key]));

export const activitySubjectKeys: Record<ActivitySubject, string> = {
  experiments: "experiments",
  metrics: "metrics",
  access: "activity_about_access",
  views: "activity_about_views",
};

/** The words for what is chosen among a few, by the name of the setting. */
export const choiceKeys: Record<string, Record<string, string>> = {
  status: statusKeys,
  metricStatus: metricStatusKeys,
  unit: unitKeys,
  rolloutUnit: unitKeys,
  assignmentType: assignmentTypeKeys,
  plans: planKeys,
  type: types,
  role: roles,
  mode: modes,
  plannedBy: sources,
  conclusionReason: conclusionReasonKeys,
  verdict: verdicts,
  content: contents,
  about: activitySubjectKeys,
};

export const roleOfMetricKeys: Record<RegisteredMetric["role"], string> = {
  primary: "activity_metric_primary",
  secondary: "activity_metric_secondary",
  guardrail: "activity_metric_guardrail",
};
