import type { Translate } from "@calcom/lib/i18n";
import { settingKeys } from "../form/describe-setting";

/** "Variants › 2 › Share", of the path `variants.1.percentage`; null where a part of it has no name but that in the code. */
export function settingName(path: string, t: Translate): string | null {
  const parts = path.split(".").map((part) => partName(part, t));
  return parts.some((part) => part === null) ? null : parts.join(" › ");
}

function partName(part: string, t: Translate): string | null {
  if (/^\d+$/.test(part)) return String(Number(part) + 1);
  const key = Object.hasOwn(partKeys, part) ? partKeys[part] : undefined;
  return key === undefined ? null : t(key);
}

const partKeys: Record<string, string> = {
  ...settingKeys,
  status: "experiment_status",
  control: "experiment_control",
  plannedBy: "activity_planned_by",
  registeredMetrics: "activity_registered_metrics",
  winnerVariant: "experiment_winner",
  conclusionReason: "experiment_conclusion_reason",
  ownerId: "experiment_owner",
  epoch: "experiment_epoch",
  startedAt: "activity_started",
  endedAt: "activity_ended",
  type: "flag_type",
  role: "people_role",
  percentage: "experiment_share",
  payload: "experiment_payload",
  plans: "experiment_plans",
  teamIds: "experiment_teams",
  organizationIds: "experiment_organizations",
  excludeOrganizations: "experiment_exclude_organizations",
  userAttributes: "experiment_attributes",
  primary: "metrics_primary",
  secondary: "metrics_watched",
  guardrails: "metrics_guardrails",
  mode: "analysis_mode",
  plannedSubjects: "analysis_planned_subjects",
  minimumRuntimeDays: "analysis_minimum_runtime",
  expiresAt: "activity_until",
  content: "activity_content",
  startAt: "experiment_schedule_start",
  stopAt: "experiment_schedule_stop",
};
