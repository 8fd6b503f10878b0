import type { Reason } from "../../types/answers";
import type { ConclusionReason } from "../../types/conclusion";
import type { AssignmentType, Plan, Status, Unit } from "../../types/settings";
import type { Command } from "./commands";

export const unitKeys: Record<Unit, string> = {
  user: "experiment_unit_user",
  team: "experiment_unit_team",
  visitor: "experiment_unit_visitor",
};

export const unitSentenceKeys: Record<Unit, string> = {
  user: "experiment_unit_user_sentence",
  team: "experiment_unit_team_sentence",
  visitor: "experiment_unit_visitor_sentence",
};

/** "users", beside a figure: takes `count` for the plural. */
export const unitsKeys: Record<Unit, string> = {
  user: "experiment_units_user",
  team: "experiment_units_team",
  visitor: "experiment_units_visitor",
};

/** "12,480 users": takes `count` for the plural and `formatted` for the figure. */
export const unitCountKeys: Record<Unit, string> = {
  user: "experiment_count_users",
  team: "experiment_count_teams",
  visitor: "experiment_count_visitors",
};

/** Why an experiment was ended. */
export const conclusionReasonKeys: Record<ConclusionReason, string> = {
  won: "experiment_conclusion_won",
  lost: "experiment_conclusion_lost",
  no_difference: "experiment_conclusion_no_difference",
  invalid: "experiment_conclusion_invalid",
  stopped_early: "experiment_conclusion_stopped_early",
};

export const assignmentTypeKeys: Record<AssignmentType, string> = {
  deterministic: "experiment_assignment_hash",
  random: "experiment_assignment_random",
};

export const assignmentSentenceKeys: Record<AssignmentType, string> = {
  deterministic: "experiment_assignment_hash_sentence",
  random: "experiment_assignment_random_sentence",
};

export const planKeys: Record<Plan, string> = {
  individual: "experiment_plan_individual",
  teams: "experiment_plan_teams",
  organization: "experiment_plan_organization",
};

export const commandKeys: Record<Command, string> = {
  start: "experiment_command_start",
  pause: "experiment_command_pause",
  resume: "experiment_command_resume",
  turn_off: "experiment_command_turn_off",
  turn_on: "experiment_command_turn_on",
  conclude: "experiment_command_conclude",
  archive: "experiment_command_archive",
  take_back: "experiment_command_take_back",
  duplicate: "experiment_command_duplicate",
  revert: "experiment_command_revert",
  delete: "experiment_command_delete",
};

/** Why somebody sees what they see. */
export const reasonKeys: Record<Reason, string> = {
  override: "devtools_reason_override",
  winner: "devtools_reason_winner",
  flag: "devtools_reason_flag",
  sticky: "devtools_reason_sticky",
  allocated: "devtools_reason_allocated",
  not_running: "devtools_reason_not_running",
  bot: "devtools_reason_bot",
  no_unit: "devtools_reason_no_unit",
  no_consent: "devtools_reason_no_consent",
  paused: "devtools_reason_paused",
  not_targeted: "devtools_reason_not_targeted",
  excluded: "devtools_reason_excluded",
  not_in_traffic: "devtools_reason_not_in_traffic",
  rate_limited: "devtools_reason_rate_limited",
  unavailable: "devtools_reason_unavailable",
};

/** What the first tab of an experiment's page is called, and whatever leads to it: of a draft there are no results. */
export function firstTabKey({ status }: { status: Status }): string {
  return status === "draft" ? "experiment_checks" : "experiment_results";
}
