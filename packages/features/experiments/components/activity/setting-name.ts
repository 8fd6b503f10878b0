import type { Translate } from "@calcom/lib/i18n";
import { assumptionKeys, settingKeys } from "../form/describe-setting";

/** What stands below it has names that people gave, such as the keys of a payload: they stay as they are. */
const NAMED_BY_PEOPLE = new Set(["payload", "exposed"]);

/** "Variants › 2 › Share", of the path `variants.1.percentage`; never a name that only the code has. */
export function settingName(path: string, t: Translate): string {
  const parts = path.split(".");
  const named = parts.findIndex((part) => NAMED_BY_PEOPLE.has(part));
  const ours = named < 0 ? parts : parts.slice(0, named + 1);
  const names = ours.map((part) => (isIndex(part) ? String(Number(part) + 1) : t(keyOf(part))));
  return [...names, ...parts.slice(ours.length)].join(" › ");
}

/** What kind of value stands there: its last name, which places in lists are not. */
export function settingKind(path: string): string {
  const parts = path.split(".").filter((part) => !isIndex(part));
  return parts.find((part) => NAMED_BY_PEOPLE.has(part)) ?? parts.at(-1) ?? "";
}

function isIndex(part: string): boolean {
  return /^\d+$/.test(part);
}

function keyOf(part: string): string {
  return Object.hasOwn(partKeys, part) ? (partKeys[part] ?? UNKNOWN) : UNKNOWN;
}

/** Whatever somebody has written by hand. */
const UNKNOWN = "activity_other_setting";

const partKeys: Record<string, string> = {
  ...settingKeys,
  // Columns.
  enabled: "activity_serving",
  stale: "flag_stale",
  rolloutPercentage: "activity_rollout",
  rolloutUnit: "activity_rollout_by",
  type: "flag_type",
  role: "people_role",
  userId: "activity_person",
  grantedById: "activity_granted_by",
  grantedAt: "activity_granted_at",
  expiresAt: "activity_until",
  // What the service keeps of an experiment.
  status: "experiment_status",
  control: "experiment_control",
  salt: "activity_salt",
  hashVersion: "activity_hash_version",
  epoch: "experiment_epoch",
  winnerVariant: "experiment_winner",
  conclusionReason: "experiment_conclusion_reason",
  takenBack: "activity_taken_back",
  variant: "experiment_variant",
  at: "activity_taken_back_at",
  startedAt: "activity_started",
  endedAt: "activity_ended",
  ownerId: "experiment_owner",
  registeredMetrics: "activity_registered_metrics",
  catalogMetrics: "activity_catalog_metrics",
  plannedBy: "activity_planned_by",
  convertedFrom: "activity_converted_from",
  isTurnedOff: "activity_is_turned_off",
  // Parts of settings.
  percentage: "experiment_share",
  payload: "experiment_payload",
  plans: "experiment_plans",
  teamIds: "experiment_teams",
  organizationIds: "experiment_organizations",
  excludeOrganizations: "experiment_exclude_organizations",
  userAttributes: "experiment_attributes",
  ranges: "activity_ranges",
  from: "activity_from",
  to: "activity_to",
  since: "activity_from",
  until: "activity_to",
  primary: "metrics_primary",
  secondary: "metrics_watched",
  guardrails: "metrics_guardrails",
  mode: "analysis_mode",
  plannedSubjects: "analysis_planned_subjects",
  minimumRuntimeDays: "analysis_minimum_runtime",
  ...assumptionKeys,
  startAt: "experiment_schedule_start",
  stopAt: "experiment_schedule_stop",
  // Of early looks and of files.
  asOf: "activity_as_of",
  verdict: "results_verdict",
  exposed: "chart_exposures",
  content: "activity_content",
  about: "activity_about",
  actorId: "activity_person",
  // Of metrics.
  metricStatus: "experiment_status",
  metricVersion: "activity_metric_version",
};
