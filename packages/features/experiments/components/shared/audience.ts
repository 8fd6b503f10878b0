import type { Translate } from "@calcom/lib/i18n";
import type { Plan, Unit } from "../../types/settings";
import type { TargetingRules } from "../../types/targeting-rules";
import { type AttributeValues, toAttributeValues } from "../form/targeting/attribute-values";
import { conditionText } from "./condition-text";
import { planKeys } from "./words";

export interface Audience {
  unit: Unit;
  plans: readonly Plan[];
  teamIds: readonly (string | number)[];
  organizationIds: readonly (string | number)[];
  excludeOrganizations: boolean;
  attributes: AttributeValues;
}

export interface AudienceWords {
  t: Translate;
  /** "a or b". */
  list: (parts: string[]) => string;
  /** "a and b". */
  all: (parts: string[]) => string;
  /** Of a team or an organization. */
  teamName: (id: string | number) => string;
}

/** Who may be assigned, as a sentence: "All users on the plan Teams, in team Acme, and where country is DE or AT". */
export function audience(
  { unit, plans, teamIds, organizationIds, excludeOrganizations, attributes }: Audience,
  words: AudienceWords,
): string {
  const { t, list, teamName } = words;
  const rules = rulesText(attributes, words);
  const clauses = [
    plans.length > 0 &&
      t("experiment_audience_plans", { plans: list(plans.map((plan) => t(planKeys[plan]))) }),
    teamIds.length > 0 && t("experiment_audience_teams", { names: list(teamIds.map(teamName)) }),
    organizationIds.length > 0 &&
      t("experiment_audience_organizations", { names: list(organizationIds.map(teamName)) }),
    excludeOrganizations && t("experiment_audience_no_organization"),
    rules,
  ].filter((clause) => clause !== false && clause !== null);
  const everybody = t(everybodyKeys[unit]);
  if (clauses.length === 0) return t("experiment_audience_all", { everybody });
  return t("experiment_audience_some", { everybody, clauses: clauses.join(t("experiment_audience_joiner")) });
}

/** The audience of stored rules. */
export function audienceOfRules(unit: Unit, rules: TargetingRules): Audience {
  return {
    unit,
    plans: rules.plans ?? [],
    teamIds: rules.teamIds ?? [],
    organizationIds: rules.organizationIds ?? [],
    excludeOrganizations: rules.excludeOrganizations ?? false,
    attributes: toAttributeValues(rules.userAttributes),
  };
}

function rulesText(attributes: AttributeValues, words: AudienceWords): string | null {
  if (attributes.mode === "json")
    return attributes.text.trim() === "" ? null : words.t("experiment_audience_json");
  const rules = conditionText(attributes.group, words);
  return rules === "" ? null : words.t("experiment_audience_attributes", { rules });
}

export const everybodyKeys: Record<Unit, string> = {
  user: "experiment_everybody_user",
  team: "experiment_everybody_team",
  visitor: "experiment_everybody_visitor",
};
