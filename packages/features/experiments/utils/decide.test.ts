import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { anExperiment, aSubject, facts, stored, surroundings } from "../testing/builders";
import type { ExperimentConfig } from "../types/config";
import type { Status } from "../types/settings";
import { type CompiledExperiment, compilePlainFlag } from "./compile";
import { decide, type StoredAssignment, type Subject } from "./decide";
import type { Override } from "./overrides";

const exposed = new Date("2026-01-01T12:00:00Z");
const override: Override = { variant: "urgent", expiresAt: surroundings.now + 1 };
const share = fc.integer({ min: 0, max: 10_000 }).map((points) => points / 100);
const unitIds = fc.oneof(
  fc.uuid(),
  fc.integer({ min: 1 }).map((id) => String(id)),
);

describe("the decision table", () => {
  it("1: a preview override shows its variant in any state", () => {
    for (const status of ["draft", "running", "concluded"] as const)
      expect(decide(anExperiment({ status }), aSubject(null), null, override, surroundings)).toEqual({
        variant: "urgent",
        reason: "override",
      });
  });

  it("1: an override that has expired, or names no variant, is as if it were not there", () => {
    const experiment = anExperiment({ status: "draft" });
    for (const stale of [
      { variant: "urgent", expiresAt: surroundings.now },
      { variant: "nonsense", expiresAt: surroundings.now + 1 },
    ])
      expect(decide(experiment, aSubject("1"), null, stale, surroundings).reason).toBe("not_running");
  });

  it.each(["concluded", "archived"] as const)("2: everybody gets the winner of a %s experiment", (status) => {
    const experiment = anExperiment({ status, winnerVariant: "urgent" });
    for (const subject of [aSubject("1"), aSubject(null), aSubject("1", { isBot: true })])
      expect(decide(experiment, subject, stored("control", exposed), null, surroundings)).toEqual({
        variant: "urgent",
        reason: "winner",
      });
  });

  it.each(["draft", "off", "concluded", "archived"] as const)(
    "4: nobody is served by a %s experiment without a winner, with a row or without",
    (status) => {
      const decision = decide(
        anExperiment({ status }),
        aSubject("1"),
        stored("urgent", exposed),
        null,
        surroundings,
      );
      expect(decision).toEqual({ variant: null, reason: "not_running" });
    },
  );

  it("5: a bot gets nothing, whatever is stored", () => {
    const bot = aSubject("1", { isBot: true });
    expect(decide(anExperiment(), bot, stored("urgent", exposed), null, surroundings).reason).toBe("bot");
  });

  it("6, 7: nobody is nobody, and no consent is no consent", () => {
    expect(decide(anExperiment(), aSubject(null), null, null, surroundings).reason).toBe("no_unit");
    const silent = aSubject("1", { hasConsent: false });
    expect(decide(anExperiment(), silent, null, null, surroundings).reason).toBe("no_consent");
  });

  it("8: a row that was exposed outlives the targeting, one that was not does not", () => {
    const experiment = anExperiment({ targetingRules: { plans: ["teams"] } });
    const subject = aSubject("1", { facts: facts({ plan: "individual" }) });
    expect(decide(experiment, subject, stored("urgent", exposed), null, surroundings)).toEqual({
      variant: "urgent",
      reason: "sticky",
    });
    expect(decide(experiment, subject, stored("urgent"), null, surroundings).reason).toBe("not_targeted");
  });

  it("9: pausing stops enrolment and flips nobody who is in", () => {
    const paused = anExperiment({ status: "paused" });
    expect(decide(paused, aSubject("1"), null, null, surroundings).reason).toBe("paused");
    expect(decide(paused, aSubject("1"), stored("urgent"), null, surroundings).reason).toBe("sticky");
  });

  it("10: who does not match the targeting is not enrolled", () => {
    const experiment = anExperiment({ targetingRules: { plans: ["teams"] } });
    const outside = aSubject("1", { facts: facts({ plan: "individual" }) });
    const inside = aSubject("1", { facts: facts({ plan: "teams" }) });
    expect(decide(experiment, outside, null, null, surroundings).reason).toBe("not_targeted");
    expect(decide(experiment, inside, null, null, surroundings).reason).toBe("allocated");
  });

  it("12: nobody is in a traffic share of 0, and all are in one of 100", () => {
    expect(
      decide(anExperiment({ trafficPercentage: 0 }), aSubject("1"), null, null, surroundings).reason,
    ).toBe("not_in_traffic");
    expect(decide(anExperiment(), aSubject("1"), null, null, surroundings).reason).toBe("allocated");
  });

  it("13: one visitor too many from an address is not enrolled, but keeps a row it has", () => {
    const limited = aSubject("1", { isRateLimited: true });
    expect(decide(anExperiment(), limited, null, null, surroundings).reason).toBe("rate_limited");
    expect(decide(anExperiment(), limited, stored("urgent"), null, surroundings).reason).toBe("sticky");
  });

  it("a row without variants in its configuration serves nobody: no share is made up", () => {
    expect(decide(anExperiment({ variants: [] }), aSubject("1"), null, null, surroundings).reason).toBe(
      "not_running",
    );
  });
});

describe("what was a flag", () => {
  const kept = [
    { name: "control", percentage: 100 },
    { name: "treatment", percentage: 0 },
  ];
  const converted = (status: Status, changes: Partial<ExperimentConfig> = {}) =>
    anExperiment({
      status,
      variants: kept,
      convertedFrom: { type: "KILL_SWITCH", metadata: null, isTurnedOff: false },
      ...changes,
    });
  const on = { isOn: true, isOwn: false };
  const none = { targetingRules: { plans: ["teams" as const] }, trafficPercentage: 0 };
  const ask = (experiment: CompiledExperiment, subject: Subject, row: StoredAssignment | null = null) =>
    decide(experiment, subject, row, null, surroundings);

  it.each(["draft", "concluded", "archived"] as const)("says what its rows say: %s", (status) => {
    const experiment = converted(status);
    expect(ask(experiment, aSubject("1", { said: on }))).toEqual({ variant: "treatment", reason: "flag" });
    expect(ask(experiment, aSubject("1", { said: { isOn: false, isOwn: true } }))).toEqual({
      variant: "control",
      reason: "flag",
    });
    expect(ask(experiment, aSubject("1", { said: null })).reason).toBe("not_running");
    // An imported row of before is not asked any more.
    expect(ask(experiment, aSubject("1"), { ...stored("treatment"), isImported: true }).reason).toBe(
      "not_running",
    );
  });

  it.each(["running", "paused"] as const)(
    "lets everybody keep an imported row, whatever targeting, traffic and consent say: %s",
    (status) => {
      const row = { ...stored("treatment"), isImported: true };
      const experiment = converted(status, none);
      expect(ask(experiment, aSubject("1"), row)).toEqual({ variant: "treatment", reason: "sticky" });
      for (const uncounted of [{ hasConsent: false }, { isBot: true }])
        expect(ask(experiment, aSubject("1", uncounted), row)).toEqual({
          variant: "treatment",
          reason: "flag",
        });
    },
  );

  it("gives whoever is no participant, or has a row of their own in an experiment on teams, what the rows say", () => {
    const team = converted("running", { unit: "team" });
    const row = stored("control", exposed);
    expect(ask(team, aSubject(null, { said: on })).variant).toBe("treatment");
    expect(ask(team, aSubject("7", { said: { isOn: true, isOwn: true } }), row).variant).toBe("treatment");
    expect(ask(team, aSubject("7", { said: on }), row)).toEqual({ variant: "control", reason: "sticky" });
  });

  it.each([
    ["off", false],
    ["draft", true],
    ["concluded", true],
  ] as const)("gives everybody control once it is turned off: %s", (status, isTurnedOff) => {
    const experiment = converted(status, {
      winnerVariant: status === "concluded" ? "treatment" : null,
      convertedFrom: { type: "KILL_SWITCH", metadata: null, isTurnedOff },
    });
    const row = { ...stored("treatment", exposed), isImported: true };
    expect(ask(experiment, aSubject("1", { said: on }), row)).toEqual({
      variant: null,
      reason: "not_running",
    });
  });

  it("of a plain flag says what holds for everybody where no row says anything", () => {
    const flag = compilePlainFlag("new-booker", 1, true);
    expect(ask(flag, aSubject(null))).toEqual({ variant: "treatment", reason: "flag" });
    expect(ask(flag, aSubject("1", { said: { isOn: false, isOwn: true } })).variant).toBe("control");
    expect(ask(compilePlainFlag("new-booker", 1, false), aSubject("1")).reason).toBe("not_running");
  });
});

describe("properties", () => {
  test.prop([unitIds, share])("the same input has the same answer", (unitId, trafficPercentage) => {
    const once = () =>
      decide(anExperiment({ trafficPercentage }), aSubject(unitId), null, null, surroundings);
    expect(once()).toEqual(once());
  });

  test.prop([unitIds, share, share])(
    "raising the traffic share never moves a subject that is in",
    (unitId, a, b) => {
      const at = (trafficPercentage: number) =>
        decide(anExperiment({ trafficPercentage }), aSubject(unitId), null, null, surroundings);
      const before = at(Math.min(a, b));
      if (before.variant !== null) expect(at(Math.max(a, b))).toEqual(before);
    },
  );

  test.prop([unitIds, share, fc.boolean()])(
    "changing the weights never moves a subject that has a row",
    (unitId, percentage, wasExposed) => {
      const before = decide(anExperiment(), aSubject(unitId), null, null, surroundings);
      const row = stored(before.variant as string, wasExposed ? exposed : null);
      const changed = anExperiment({
        variants: [
          { name: "control", percentage },
          { name: "urgent", percentage: Math.round((100 - percentage) * 100) / 100 },
        ],
      });
      const after = decide(changed, aSubject(unitId), row, null, surroundings);
      expect(after).toEqual({ variant: before.variant, reason: "sticky" });
    },
  );

  test.prop([unitIds, share, share])(
    "experiments of one group with ranges apart never share a subject",
    (unitId, a, b) => {
      const cut = Math.min(a, b);
      const inRange = (from: number, to: number, salt: string) =>
        decide(
          anExperiment({ salt, exclusionGroups: [{ name: "checkout", ranges: [{ from, to }] }] }),
          aSubject(unitId),
          null,
          null,
          surroundings,
        );
      const decisions = [inRange(0, cut, "first"), inRange(cut, 100, "second")];
      expect(decisions.filter(({ reason }) => reason === "allocated")).toHaveLength(1);
      expect(decisions.filter(({ reason }) => reason === "excluded")).toHaveLength(1);
    },
  );

  test.prop([fc.array(unitIds, { minLength: 1_500, maxLength: 1_500 })], { numRuns: 5 })(
    "being in the traffic says nothing about the variant",
    (ids) => {
      const experiment = anExperiment({ trafficPercentage: 50 });
      const distinct = [...new Set(ids)];
      const inside = distinct
        .map((unitId) => decide(experiment, aSubject(unitId), null, null, surroundings).variant)
        .filter((variant) => variant !== null);
      const urgent = inside.filter((variant) => variant === "urgent").length;
      const deviations = Math.abs(urgent - inside.length / 2) / Math.sqrt(inside.length / 4);
      expect(deviations).toBeLessThan(5);
    },
  );

  test.prop([fc.integer({ min: 0, max: 2 ** 32 - 1 })])(
    "random draws by its own source, not by hash",
    (draw) => {
      const experiment = anExperiment({ assignmentType: "random" });
      const decision = decide(experiment, aSubject("1"), null, null, { ...surroundings, random: () => draw });
      expect(decision.variant).toBe(draw < 2 ** 31 ? "control" : "urgent");
    },
  );
});
