import type { Facts, Json, Plan, TargetingRules } from "../types";
import { type CompiledCondition, compileCondition } from "./condition-compile";
import { allOf, type Predicate } from "./condition-predicates";
import { jsonOf, readerOf } from "./condition-values";

export type Need = "plan" | "teams" | "organizations" | "attributes";

export interface CompiledTargeting {
  /** Same facts, same answer; never throws. */
  matches(facts: Facts): boolean;
  /** Which facts have to be loaded before `matches` can be asked; of the others, anything will do. */
  needs: ReadonlySet<Need>;
  /** The facts that the rules name, and no others, as they are kept with the assignment. */
  frozen(facts: Facts): Record<string, Json>;
}

/** One rule, compiled: what it asks, what it needs for that, and what it leaves in the row. */
interface Rule {
  need: Need;
  matches: Predicate<Facts>;
  freeze: (facts: Facts) => [name: string, fact: Json];
}

/** All rules must hold; a rule that is absent or empty restricts nothing. TARGETING.md has the semantics. */
export function compileTargeting(rules: TargetingRules): CompiledTargeting {
  const { plans = [], teamIds = [], organizationIds = [], excludeOrganizations, userAttributes } = rules;
  const compiled: Rule[] = [];
  if (plans.length > 0) compiled.push(planRule(plans));
  if (teamIds.length > 0) compiled.push(membershipRule("teams", "teamIds", teamIds));
  if (organizationIds.length > 0)
    compiled.push(membershipRule("organizations", "organizationIds", organizationIds));
  if (excludeOrganizations) compiled.push(outsideOrganizationsRule);
  if (userAttributes && Object.keys(userAttributes).length > 0)
    compiled.push(attributesRule(compileCondition(userAttributes)));
  return {
    matches: allOf(compiled.map((rule) => rule.matches)),
    needs: new Set(compiled.map((rule) => rule.need)),
    frozen: (facts) => Object.fromEntries(compiled.map((rule) => rule.freeze(facts))),
  };
}

function planRule(plans: readonly Plan[]): Rule {
  const named: ReadonlySet<Plan | null> = new Set(plans);
  return {
    need: "plan",
    matches: ({ plan }) => named.has(plan),
    freeze: ({ plan }) => ["plan", plan],
  };
}

/** Freezes the memberships that it names alone: the others are nobody's business. */
function membershipRule(
  need: "teams" | "organizations",
  fact: "teamIds" | "organizationIds",
  ids: readonly number[],
): Rule {
  const named = new Set(ids);
  return {
    need,
    matches: (facts) => {
      for (const id of facts[fact]) if (named.has(id)) return true;
      return false;
    },
    freeze: (facts) => [fact, facts[fact].filter((id) => named.has(id))],
  };
}

const outsideOrganizationsRule: Rule = {
  need: "organizations",
  matches: ({ organizationIds }) => organizationIds.length === 0,
  freeze: ({ organizationIds }) => ["isInOrganization", organizationIds.length > 0],
};

function attributesRule({ matches, paths }: CompiledCondition): Rule {
  const readers = paths.map((path) => [path, readerOf(path)] as const);
  return {
    need: "attributes",
    matches: ({ attributes }) => matches(attributes),
    freeze: ({ attributes }) => [
      "attributes",
      Object.fromEntries(readers.map(([path, read]) => [path, jsonOf(read(attributes))])),
    ],
  };
}
