import type { Translate } from "@calcom/lib/i18n";
import type { Plan, Unit } from "../../types";
import { planKeys } from "./words";

export interface Audience {
  unit: Unit;
  plans: readonly Plan[];
  teamIds: readonly (string | number)[];
  organizationIds: readonly (string | number)[];
  excludeOrganizations: boolean;
  hasAttributeRules: boolean;
}

/** Who may be assigned, as a sentence: "Users on the plan Teams or Organization, not in an organization." */
export function audience(
  { unit, plans, teamIds, organizationIds, excludeOrganizations, hasAttributeRules }: Audience,
  { t, list }: { t: Translate; list: (parts: string[]) => string },
): string {
  const clauses = [
    plans.length > 0 &&
      t("experiment_audience_plans", { plans: list(plans.map((plan) => t(planKeys[plan]))) }),
    teamIds.length > 0 && t("experiment_audience_teams", { ids: list(teamIds.map(String)) }),
    organizationIds.length > 0 &&
      t("experiment_audience_organizations", { ids: list(organizationIds.map(String)) }),
    excludeOrganizations && t("experiment_audience_no_organization"),
    hasAttributeRules && t("experiment_audience_attributes"),
  ].filter((clause) => clause !== false);
  const everybody = t(everybodyKeys[unit]);
  if (clauses.length === 0) return t("experiment_audience_all", { everybody });
  return t("experiment_audience_some", { everybody, clauses: clauses.join(t("experiment_audience_joiner")) });
}

const everybodyKeys: Record<Unit, string> = {
  user: "experiment_everybody_user",
  team: "experiment_everybody_team",
  visitor: "experiment_everybody_visitor",
};
