import { describe, expect, test } from "vitest";
import { aConfig, aSubject, facts, stored, surroundings } from "../testing/builders";
import type { ExperimentConfig } from "../types/config";
import { compileExperiment, compilePlainFlag } from "./compile";
import { decide, type StoredAssignment } from "./decide";
import { explain, listUnmet } from "./explain";
import type { SourcedSaying } from "./former-flag";

const acme = { id: 7, name: "Acme" };
const saying: SourcedSaying = {
  isOn: true,
  isOwn: false,
  level: "team",
  team: acme,
  since: new Date("2026-01-01T00:00:00Z"),
};

interface Case {
  config?: Partial<ExperimentConfig>;
  row?: StoredAssignment | null;
  said?: SourcedSaying | null;
  unitId?: string | null;
  plan?: "teams" | "individual";
}

/** Decides, and says why. */
function ruleOf({ config, row = null, said = null, unitId = "12", plan = "individual" }: Case) {
  const whole = aConfig(config);
  const experiment = compileExperiment("upgrade-button-test", 1, whole);
  const known = facts({ plan });
  const decision = decide(experiment, aSubject(unitId, { facts: known, said }), row, null, surroundings);
  return explain({ experiment, config: whole, decision, unitId, facts: known, stored: row, said });
}

const converted = { type: "RELEASE", metadata: null, description: null, isTurnedOff: false } as never;

test.each<[what: string, rule: object, of: Case]>([
  ["a winner", { code: "winner" }, { config: { status: "concluded", winnerVariant: "urgent" } }],
  ["a row that was exposed", { code: "exposed" }, { row: stored("urgent", new Date(0)) }],
  ["a row that still matches", { code: "matching" }, { row: stored("urgent") }],
  ["a row of the flag", { code: "imported" }, { row: { ...stored("treatment"), isImported: true } }],
  ["no row", { code: "hash" }, {}],
  ["no row where it is drawn", { code: "draw" }, { config: { assignmentType: "random" } }],
  ["a pause", { code: "paused" }, { config: { status: "paused" } }],
  ["a draft", { code: "status", status: "draft" }, { config: { status: "draft" } }],
  ["an end without a winner", { code: "status", status: "concluded" }, { config: { status: "concluded" } }],
  ["no browser", { code: "no_unit" }, { config: { unit: "visitor" }, unitId: null }],
  ["no traffic", { code: "traffic", percentage: 0 }, { config: { trafficPercentage: 0 } }],
  [
    "rules",
    { code: "targeting", unmet: ["plans"] },
    { config: { targetingRules: { plans: ["teams"] } }, plan: "individual" },
  ],
  [
    "a group, of two",
    { code: "groups", names: ["checkout"] },
    {
      config: {
        exclusionGroups: [
          { name: "all", ranges: [{ from: 0, to: 100 }] },
          { name: "checkout", ranges: [{ from: 0, to: 0 }] },
        ],
      },
    },
  ],
  [
    "the rows of the flag that a draft was",
    { code: "flag_row", level: "team", team: acme },
    { config: { status: "draft", convertedFrom: converted }, said: saying },
  ],
])("names %s as what decided", (_what, rule, of) => {
  expect(ruleOf(of)).toEqual(rule);
});

describe("a plain flag", () => {
  const ask = (isOnForAll: boolean, said: SourcedSaying | null) => {
    const experiment = compilePlainFlag("new-booker", 1, isOnForAll);
    const decision = decide(experiment, aSubject("12", { said }), null, null, surroundings);
    const parts = { unitId: "12", facts: facts(), stored: null };
    return { decision, rule: explain({ experiment, config: null, decision, said, ...parts }) };
  };

  test.each([true, false])("goes by its own setting (%s) where no row says anything", (isOn) => {
    expect(ask(isOn, null).rule).toEqual({ code: "flag_default" });
  });

  test("goes by the nearest row, and names it", () => {
    expect(ask(true, { ...saying, isOn: false })).toMatchObject({
      decision: { variant: "control" },
      rule: { code: "flag_row", level: "team", team: acme },
    });
  });
});

test("of several rules all are named that are not met, and no other", () => {
  const rules = {
    plans: ["teams" as const],
    teamIds: [7],
    excludeOrganizations: true,
    userAttributes: { country: "DE" },
  };
  expect(listUnmet(rules, facts({ plan: "teams", attributes: { country: "AT" } }))).toEqual([
    "teamIds",
    "userAttributes",
  ]);
  expect(listUnmet({}, facts())).toEqual([]);
});
