import type { Translate } from "@calcom/lib/i18n";
import type { DecidingRule, TargetingPart } from "../../types/deciding-rule";
import type { PersonEntry } from "../../types/people";
import type { Status, Unit } from "../../types/settings";
import type { Format } from "../shared/useFormat";

interface RuleWords {
  t: Translate;
  format: Pick<Format, "all" | "percentage">;
}

/** One that is on stops a part of the product: "on" would say the opposite. */
export function isKillSwitch({ flagType }: Pick<PersonEntry, "flagType">): boolean {
  return flagType === "KILL_SWITCH";
}

export function isOn({ decision, control }: Pick<PersonEntry, "decision" | "control">): boolean {
  return decision.variant !== null && decision.variant !== control;
}

/** Which rule decided, as a sentence. */
export function ruleSentence(rule: DecidingRule, { t, format }: RuleWords): string {
  switch (rule.code) {
    case "flag_row":
      return t(levelKeys[rule.level], { team: rule.team?.name ?? "" });
    case "status":
      return t(statusKeys[rule.status]);
    case "targeting":
      return t("person_rule_targeting", { parts: format.all(rule.unmet.map((part) => t(partKeys[part]))) });
    case "groups":
      return t("person_rule_groups", { names: format.all(rule.names) });
    case "traffic":
      return t("person_rule_traffic", { share: format.percentage(rule.percentage) });
    default:
      return t(`person_rule_${rule.code}`);
  }
}

/**
 * What they see; "would" wherever there is no row, and so nobody knows whether they have. A flag is on or off for them,
 * whether they have come across it or not.
 */
export function answerSentence(entry: PersonEntry, t: Translate): string {
  const { decision, assigned, kind, rule, isVariantKnown } = entry;
  const isWould = assigned === null;
  if (kind === "flag")
    return t(isOn(entry) && isKillSwitch(entry) ? "flag_stopped" : flagKeys[`${isOn(entry)}`]);
  if (!isVariantKnown) return t("person_would_draw");
  // Nobody knows yet which one it will be.
  if (rule.code === "no_unit") return t("person_would_depend");
  if (decision.variant === null) return t(isWould ? "person_would_see_original" : "person_sees_original");
  return t(isWould ? "person_would_see" : "person_sees", { variant: decision.variant });
}

export const personIsKeys: Record<Unit, string> = {
  user: "person_user_is",
  team: "person_team_is",
  visitor: "person_visitor_is",
};

const flagKeys = { true: "person_flag_on", false: "person_flag_off" };

const levelKeys = {
  user: "person_rule_flag_user",
  team: "person_rule_flag_team",
  organization: "person_rule_flag_organization",
  rollout: "person_rule_flag_rollout",
} as const;

const statusKeys: Record<Status, string> = {
  draft: "person_rule_draft",
  running: "person_rule_no_variants",
  paused: "person_rule_no_variants",
  off: "person_rule_off",
  concluded: "person_rule_ended",
  archived: "person_rule_ended",
};

const partKeys: Record<TargetingPart, string> = {
  plans: "person_part_plans",
  teamIds: "person_part_teams",
  organizationIds: "person_part_organizations",
  excludeOrganizations: "person_part_no_organization",
  userAttributes: "person_part_attributes",
};
