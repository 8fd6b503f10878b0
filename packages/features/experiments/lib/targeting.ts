import type { Facts, Json, Plan, TargetingRules } from "../types";
import { compileCondition } from "./condition-compile";
import type { ConditionDocument } from "./condition-document";
import { allOf, everybody, type Predicate } from "./condition-predicates";
import { jsonOf, readerOf } from "./condition-values";

export type Need = "plan" | "teams" | "organizations" | "attributes";

/** Who is asked for, made ready to be asked. */
export class CompiledTargeting {
  /** Which facts have to be loaded before `matches` can be asked; of the others, anything will do. */
  readonly needs: ReadonlySet<Need>;
  readonly #rules: readonly Rule[];
  readonly #matchesRules: Predicate<Facts>;
  // Apart from the rules: a method that is the same for all experiments is cheaper than a function for each.
  readonly #condition: ConditionDocument | null;

  constructor(rules: readonly Rule[], condition: ConditionDocument | null) {
    this.#rules = rules;
    this.#matchesRules = allOf(rules.map((rule) => rule.matches));
    this.#condition = condition;
    this.needs = new Set([
      ...rules.map((rule) => rule.need),
      ...(condition === null ? [] : ["attributes" as const]),
    ]);
  }

  /** Same facts, same answer; never throws. */
  matches(facts: Facts): boolean {
    return (
      (this.#matchesRules === everybody || this.#matchesRules(facts)) &&
      (this.#condition === null || this.#condition.matches(facts.attributes))
    );
  }

  /** The facts that the rules name, and no others, as they are kept with the assignment. */
  frozen(facts: Facts): Record<string, Json> {
    const frozen = Object.fromEntries(this.#rules.map((rule) => rule.freeze(facts)));
    if (this.#condition !== null) frozen.attributes = frozenAttributes(this.#condition, facts);
    return frozen;
  }
}

/** One rule, compiled: what it asks, what it needs for that, and what it leaves in the row. */
interface Rule {
  need: Need;
  matches: Predicate<Facts>;
  freeze: (facts: Facts) => [name: string, fact: Json];
}

/** All rules must hold; a rule that is absent or empty restricts nothing. TARGETING.md has the semantics. */
export function compileTargeting(rules: TargetingRules): CompiledTargeting {
  const { plans = [], teamIds = [], organizationIds = [], excludeOrganizations, userAttributes = {} } = rules;
  const compiled: Rule[] = [];
  if (plans.length > 0) compiled.push(planRule(plans));
  if (teamIds.length > 0) compiled.push(membershipRule("teams", "teamIds", teamIds));
  if (organizationIds.length > 0)
    compiled.push(membershipRule("organizations", "organizationIds", organizationIds));
  if (excludeOrganizations) compiled.push(outsideOrganizationsRule);
  const hasCondition = Object.keys(userAttributes).length > 0;
  if (compiled.length === 0 && !hasCondition) return UNRESTRICTED;
  return new CompiledTargeting(compiled, hasCondition ? compileCondition(userAttributes) : null);
}

/** Shared by all experiments without a rule: what is asked most often stays in the processor's cache. */
const UNRESTRICTED = new CompiledTargeting([], null);

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

function frozenAttributes({ paths }: ConditionDocument, { attributes }: Facts): Json {
  return Object.fromEntries(paths.map((path) => [path, jsonOf(readerOf(path)(attributes))]));
}
