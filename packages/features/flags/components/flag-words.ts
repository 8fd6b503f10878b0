import type { Translate } from "@calcom/lib/i18n";
import type { FlagChange, FlagSummary, FlagType, InheritedSource, Override, Rollout } from "../types";

export const typeTitleKeys: Record<FlagType, string> = {
  RELEASE: "flag_type_release",
  EXPERIMENT: "flag_type_experiment",
  OPERATIONAL: "flag_type_operational",
  KILL_SWITCH: "flag_type_kill_switch",
  PERMISSION: "flag_type_permission",
};

export const typeSentenceKeys: Record<FlagType, string> = {
  RELEASE: "flag_type_release_sentence",
  EXPERIMENT: "flag_type_experiment_sentence",
  OPERATIONAL: "flag_type_operational_sentence",
  KILL_SWITCH: "flag_type_kill_switch_sentence",
  PERMISSION: "flag_type_permission_sentence",
};

/** What is chosen for somebody. A kill switch that is on stops a part of the product: "on" would say the opposite. */
export function overrideKey(override: Override, type: FlagType): string {
  if (override === "inherit") return "flag_inherit";
  return override === "on" && type === "KILL_SWITCH" ? "flag_stopped" : override;
}

/** "On, from a team": takes `state`. The default is said once, above all that inherit it. */
export const sourceKeys: Record<Exclude<InheritedSource, "global">, string> = {
  team: "flag_inherited_from_team",
  organization: "flag_inherited_from_organization",
  rollout: "flag_inherited_from_rollout",
};

export const rolloutUnitKeys: Record<Rollout["unit"], string> = {
  user: "flag_rollout_users",
  team: "flag_rollout_teams",
};

/** "10% of users". */
export function rolloutText({ percentage, unit }: Rollout, t: Translate, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 2 });
  const key = unit === "user" ? "flag_rolled_out_to_users" : "flag_rolled_out_to_teams";
  return t(key, { share: format.format(percentage / 100) });
}

/** "On for 10% of users"; of a kill switch, which stops a part of the product, "Stopped for everyone". */
export function stateText(
  { type, enabled, rollout }: Pick<FlagSummary, "type" | "enabled" | "rollout">,
  t: Translate,
  locale: string,
): string {
  if (!enabled) return t("off");
  const isStop = type === "KILL_SWITCH";
  if (rollout === null) return t(isStop ? "flag_state_stopped" : "flag_state_on");
  const whom = rolloutText(rollout, t, locale);
  return t(isStop ? "flag_state_stopped_for" : "flag_state_rolled_out", { whom });
}

/** "Turn on", "Set share to 10% of users". */
export function changeText(change: FlagChange, t: Translate, locale: string): string {
  if (change.kind === "on") return t("flag_schedule_on");
  if (change.kind === "off") return t("flag_schedule_off");
  if (change.rollout === null) return t("flag_schedule_share_everyone");
  return t("flag_schedule_share_set", { whom: rolloutText(change.rollout, t, locale) });
}
