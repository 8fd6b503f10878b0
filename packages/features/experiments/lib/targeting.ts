import type { Json } from "@calcom/lib/json";
import type { Facts } from "../types/answers";
import type { HostId } from "../types/host-id";
import type { Plan } from "../types/settings";
import type { TargetingRules } from "../types/targeting-rules";
import { compileCondition } from "./conditions/compile";
import type { ConditionDocument } from "./conditions/document";
import { allOf, everybody, type Predicate } from "./conditions/predicates";
import { readerOf, toJson } from "./conditions/values";

export type Need = "plan" | "teams" | "organizations" | "attributes";

/** Compiled targeting rules. */
export class CompiledTargeting {
  /** The facts that have to be loaded before `matches` is called; the others are not read. */
  readonly needs: ReadonlySet<Need>;
  readonly #rules: readonly Rule[];
  readonly #matchesRules: Predicate<Facts>;
  // Kept apart from the rules: one method shared by all experiments is cheaper than a function for each.
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

  /** The same facts always give the same answer. Never throws. */
  matches(facts: Facts): boolean {
    return (
      (this.#matchesRules === everybody || this.#matchesRules(facts)) &&
      (this.#condition === null || this.#condition.matches(facts.attributes))
    );
  }

  /** The facts that the rules name, as they are kept with the assignment. */
  frozen(facts: Facts): Record<string, Json> {
    const frozen = Object.fromEntries(this.#rules.map((rule) => rule.freeze(facts)));
    if (this.#condition !== null) frozen.attributes = frozenAttributes(this.#condition, facts);
    return frozen;
  }
}

/** One compiled rule: its test, the facts it needs, and what it leaves in the row. */
interface Rule {
  need: Need;
  matches: Predicate<Facts>;
  freeze: (facts: Facts) => [name: string, fact: Json];
}

/** All rules must hold; an absent or empty rule restricts nothing. TARGETING.md has the semantics. */
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

/** Shared by all experiments without rules: the most frequent question stays in the processor's cache. */
const UNRESTRICTED = new CompiledTargeting([], null);

function planRule(plans: readonly Plan[]): Rule {
  const named: ReadonlySet<Plan | null> = new Set(plans);
  return {
    need: "plan",
    matches: ({ plan }) => named.has(plan),
    freeze: ({ plan }) => ["plan", plan],
  };
}

/** Freezes only the memberships that the rule names: a row must not reveal the others. */
function membershipRule(
  need: "teams" | "organizations",
  fact: "teamIds" | "organizationIds",
  ids: readonly HostId[],
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
  return Object.fromEntries(paths.map((path) => [path, toJson(readerOf(path)(attributes))]));
}
