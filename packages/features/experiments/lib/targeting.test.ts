import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Facts } from "../types/answers";
import { type TargetingRules, targetingRulesSchema } from "../types/targeting-rules";
import { compileTargeting } from "./targeting";

const someFacts = (facts: Partial<Facts> = {}): Facts => ({
  plan: "individual",
  teamIds: [],
  organizationIds: [],
  attributes: {},
  ...facts,
});
const matches = (rules: TargetingRules, facts: Partial<Facts>): boolean =>
  compileTargeting(rules).matches(someFacts(facts));

describe("targeting", () => {
  it.each<[TargetingRules, Partial<Facts>, boolean]>([
    [{}, { plan: null }, true],
    [{ plans: ["teams", "organization"] }, { plan: "teams" }, true],
    [{ plans: ["teams", "organization"] }, { plan: "individual" }, false],
    [{ plans: ["teams"] }, { plan: null }, false],
    [{ teamIds: [3, 4] }, { teamIds: [1, 4] }, true],
    [{ teamIds: [3, 4] }, { teamIds: [1] }, false],
    [{ teamIds: [3, 4] }, { organizationIds: [3] }, false],
    [{ organizationIds: [7] }, { organizationIds: [7] }, true],
    [{ organizationIds: [7] }, { teamIds: [7] }, false],
    [{ excludeOrganizations: true }, { organizationIds: [] }, true],
    [{ excludeOrganizations: true }, { organizationIds: [7] }, false],
    [{ excludeOrganizations: false }, { organizationIds: [7] }, true],
    [{ excludeOrganizations: true, organizationIds: [7] }, { organizationIds: [7] }, false],
    [{ userAttributes: { country: { $in: ["DE", "AT"] } } }, { attributes: { country: "AT" } }, true],
    [{ userAttributes: { country: { $in: ["DE", "AT"] } } }, {}, false],
    [{ plans: ["teams"], teamIds: [1] }, { plan: "teams", teamIds: [1] }, true],
    [{ plans: ["teams"], teamIds: [1] }, { plan: "teams", teamIds: [2] }, false],
    [{ plans: ["teams"], teamIds: [1] }, { plan: "individual", teamIds: [1] }, false],
  ])("%j on %j: %j", (rules, facts, expected) => {
    expect(targetingRulesSchema.safeParse(rules).success).toBe(true);
    expect(matches(rules, facts)).toBe(expected);
  });

  it("takes an empty rule for no rule: nothing is loaded, everybody matches, nothing is kept", () => {
    const empty: TargetingRules[] = [
      {},
      { plans: [], teamIds: [], organizationIds: [], excludeOrganizations: false, userAttributes: {} },
    ];
    for (const rules of empty) {
      const targeting = compileTargeting(rules);
      expect(targeting.needs.size).toBe(0);
      expect(targeting.matches(someFacts({ plan: null }))).toBe(true);
      expect(targeting.frozen(someFacts({ teamIds: [1], attributes: { country: "DE" } }))).toEqual({});
    }
  });

  it.each<[TargetingRules, string[]]>([
    [{ plans: ["teams"] }, ["plan"]],
    [{ teamIds: [1] }, ["teams"]],
    [{ organizationIds: [1] }, ["organizations"]],
    [{ excludeOrganizations: true }, ["organizations"]],
    [{ userAttributes: { country: "DE" } }, ["attributes"]],
    [{ plans: ["teams"], userAttributes: { country: "DE" } }, ["plan", "attributes"]],
  ])("%j needs %j", (rules, needs) => {
    expect([...compileTargeting(rules).needs]).toEqual(needs);
  });

  it("freezes the facts that its rules name, and no others", () => {
    const facts = someFacts({
      plan: "organization",
      teamIds: [1, 2, 3],
      organizationIds: [7, 8],
      attributes: { country: "DE", address: { city: "Wien", zip: "1010" }, email: "ida@example.com" },
    });
    expect(
      compileTargeting({
        plans: ["organization"],
        teamIds: [2, 9],
        organizationIds: [8],
        userAttributes: { "address.city": "Wien", $or: [{ country: "DE" }, { locale: "de" }] },
      }).frozen(facts),
    ).toEqual({
      plan: "organization",
      teamIds: [2],
      organizationIds: [8],
      attributes: { "address.city": "Wien", country: "DE", locale: null },
    });
    expect(compileTargeting({ excludeOrganizations: true }).frozen(facts)).toEqual({
      isInOrganization: true,
    });
  });

  it("freezes a copy, which later changes of the facts do not reach", () => {
    const tags = ["a"];
    const frozen = compileTargeting({ userAttributes: { tags: { $all: ["a"] } } }).frozen(
      someFacts({ attributes: { tags } }),
    );
    tags.push("b");
    expect(frozen).toEqual({ attributes: { tags: ["a"] } });
  });

  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  test.prop(
    [fc.oneof(fc.anything({ withBigInt: true, withDate: true, withMap: true }), fc.constant(cyclic))],
    {
      numRuns: 500,
    },
  )("freezes whatever it is given as JSON", (value) => {
    const targeting = compileTargeting({ userAttributes: { a: { $exists: true }, "b.self": "x" } });
    const frozen = targeting.frozen(someFacts({ attributes: { a: value, b: value } }));
    expect(z.json().safeParse(frozen).error).toBeUndefined();
    expect(frozen.attributes).toHaveProperty("a");
  });

  it("cannot be fooled by a prototype", () => {
    const facts = someFacts({ attributes: JSON.parse('{"__proto__":{"isAdmin":true}}') });
    const targeting = compileTargeting({ userAttributes: { isAdmin: true } });
    expect(targeting.matches(facts)).toBe(false);
    expect(targeting.frozen(facts)).toEqual({ attributes: { isAdmin: null } });
  });

  it("matches nobody where a stored condition is one that the schema refuses", () => {
    const rules: TargetingRules = { userAttributes: { $not: { country: { $is: "DE" } } } };
    expect(targetingRulesSchema.safeParse(rules).success).toBe(false);
    expect(matches(rules, { attributes: { country: "AT" } })).toBe(false);
  });
});
