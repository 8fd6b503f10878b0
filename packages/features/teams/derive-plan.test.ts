import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { derivePlan, planOfTeam } from "./derive-plan";
import { type PlanMembership, type PlanTeam, plans } from "./types";

const team = (facts: Partial<PlanTeam> = {}): PlanTeam => ({
  isOrganization: false,
  isSubscribed: false,
  parent: null,
  ...facts,
});
const joined = (facts: Partial<PlanTeam>): PlanMembership => ({ accepted: true, team: team(facts) });
const invited = (facts: Partial<PlanTeam>): PlanMembership => ({ accepted: false, team: team(facts) });

const subscribedOrganization = { isOrganization: true, isSubscribed: true };

describe("derivePlan", () => {
  it.each([
    ["nobody's member is on individual", [], "individual"],
    ["a free team changes nothing", [joined({})], "individual"],
    ["a subscribed team gives teams", [joined({ isSubscribed: true })], "teams"],
    ["a subscribed organization gives organization", [joined(subscribedOrganization)], "organization"],
    ["an organization that does not pay gives nothing", [joined({ isOrganization: true })], "individual"],
    [
      "a child team shares the organization's plan",
      [joined({ parent: subscribedOrganization })],
      "organization",
    ],
    [
      "a child team of an organization that does not pay has its own subscription only",
      [joined({ isSubscribed: true, parent: { isOrganization: true, isSubscribed: false } })],
      "teams",
    ],
    [
      "a parent that is no organization passes nothing on",
      [joined({ parent: { isOrganization: false, isSubscribed: true } })],
      "individual",
    ],
    ["an open invitation gives nothing", [invited(subscribedOrganization)], "individual"],
    [
      "the best of several teams counts",
      [joined({}), joined(subscribedOrganization), joined({ isSubscribed: true })],
      "organization",
    ],
  ] as const)("%s", (_guarantee, memberships, plan) => {
    expect(derivePlan(memberships)).toBe(plan);
  });

  const side = fc.record({ isOrganization: fc.boolean(), isSubscribed: fc.boolean() });
  const anyTeam = fc.record({
    isOrganization: fc.boolean(),
    isSubscribed: fc.boolean(),
    parent: fc.option(side, { nil: null }),
  });
  const memberships = fc.array(fc.record({ accepted: fc.boolean(), team: anyTeam }));

  property.prop([memberships, anyTeam])("joining another team never lowers a plan", (before, next) => {
    const after = derivePlan([...before, { accepted: true, team: next }]);
    expect(plans.indexOf(after)).toBeGreaterThanOrEqual(plans.indexOf(derivePlan(before)));
    expect(plans.indexOf(after)).toBeGreaterThanOrEqual(plans.indexOf(planOfTeam(next)));
  });

  property.prop([memberships])("the order of memberships does not matter", (list) => {
    expect(derivePlan([...list].reverse())).toBe(derivePlan(list));
  });
});
