// Two rules hold at every door alike: who is previewing an experiment is not counted for it, and who is no person or
// has not consented is counted for none.

import { createTcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { logger } from "@calcom/lib/logger";
import { createDatabase } from "@calcom/prisma";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createExperimentsModule } from "../create-module";
import { countStatements } from "../testing/count-statements";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import type { Overrides } from "../utils/overrides";
import type { Identity } from "./identity";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];
let ownWay: pg.Client;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  ({ experiments } = fixture.module);
  ownWay = new pg.Client({ connectionString });
  await ownWay.connect();
});
afterAll(async () => {
  await ownWay.end();
  await fixture.close();
});

const MINUTE_MS = 60_000;

type Door = (identity: Identity, slug: string) => Promise<{ recorded: number }>;
const doors: Record<string, Door> = {
  exposure: (identity, slug) => experiments.recordExposures(identity, [{ slug }]),
  "conversion of a browser": (identity, slug) =>
    experiments.recordConversions(identity, [{ slug, event: "clicked", key: "named" }]),
  "conversion of a browser that names no experiment": (identity, slug) =>
    experiments.recordConversions(identity, [{ event: eventOf(slug), key: "unnamed" }]),
  "conversion of the server": (identity, slug) =>
    experiments.trackConversion(soldBefore(slug), { subject: identity, experiment: slug }),
  "conversion within a transaction of pg": async (identity, slug) => {
    await ownWay.query("BEGIN");
    const outcome = await experiments.trackConversionWithin(ownWay, soldBefore(slug), {
      subject: identity,
      experiment: slug,
    });
    await ownWay.query("COMMIT");
    return outcome;
  },
  "conversion within a transaction of Prisma": (identity, slug) =>
    fixture.database.prisma.$transaction((tx) =>
      experiments.trackConversionWithin(tx, soldBefore(slug), { subject: identity, experiment: slug }),
    ),
};
const eventOf = (slug: string) => `used-${slug}`;
const ends = new Map<string, Date>();
/** Before the end of an experiment that is over: whatever happens after it is credited to nobody. */
const soldBefore = (slug: string) => {
  const occurredAt = ends.get(slug);
  return { event: "sold", ...(occurredAt ? { occurredAt } : {}) };
};

async function countAtEveryDoor(identity: Identity, slug: string): Promise<Record<string, number>> {
  const counted: Record<string, number> = {};
  for (const [name, report] of Object.entries(doors)) counted[name] = (await report(identity, slug)).recorded;
  return counted;
}

const nothing = Object.fromEntries(Object.keys(doors).map((name) => [name, 0]));
const everything = Object.fromEntries(Object.keys(doors).map((name) => [name, 1]));

/** Somebody with a row, in an experiment that has reached the state since. */
async function aParticipant(state: "running" | "paused" | "off" | "concluded") {
  const input = anInput();
  const { slug, version } = await aRunningExperiment(fixture, {
    ...input,
    clientEvents: ["clicked", eventOf(input.slug)],
  });
  const identity = anIdentity({ userId: await createUser(fixture.database) });
  await experiments.decide(identity, [{ slug }]);
  const { admin } = fixture.module;
  if (state === "paused")
    await admin.lifecycle.updateStatus(fixture.admin, { slug, version, action: "pause" });
  if (state === "off")
    await admin.lifecycle.updateStatus(fixture.admin, { slug, version, action: "turn_off" });
  if (state === "concluded") {
    // Before the end by the clock too, which may not move on in between.
    ends.set(slug, new Date(Date.now() - 1));
    await admin.lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: "urgent" });
  }
  return { slug, identity };
}

const inForce: [string, (slug: string) => Overrides][] = [
  ["another variant", (slug) => preview(slug, "urgent")],
  ["the variant that they have", (slug) => preview(slug, "control")],
];
const withoutEffect: [string, (slug: string) => Overrides][] = [
  ["has expired", (slug) => preview(slug, "urgent", -1)],
  ["names a variant that was removed", (slug) => preview(slug, "calm")],
  ["names what every object has", (slug) => preview(slug, "constructor")],
  ["is of another experiment", () => preview("another-one", "urgent")],
  ["is of no experiment at all", () => preview("__proto__", "urgent")],
];

function preview(slug: string, variant: string, forMs = MINUTE_MS): Overrides {
  return Object.fromEntries([[slug, { variant, expiresAt: Date.now() + forMs }]]);
}

describe.each(["running", "paused", "off", "concluded"] as const)("in an experiment that is %s", (state) => {
  it.each(inForce)("whoever previews %s sees it, and counts at no door", async (_what, overridesOf) => {
    const { slug, identity } = await aParticipant(state);
    const previewing = { ...identity, overrides: overridesOf(slug) };
    const variant = overridesOf(slug)[slug]?.variant;
    expect(await experiments.decide(previewing, [{ slug }])).toMatchObject([{ variant, reason: "override" }]);
    expect(await countAtEveryDoor(previewing, slug)).toEqual(nothing);
  });

  it.each(withoutEffect)("a preview that %s changes nothing at any door", async (_what, overridesOf) => {
    const [plain, holding] = [await aParticipant(state), await aParticipant(state)];
    const identity = { ...holding.identity, overrides: overridesOf(holding.slug) };
    const [answer] = await experiments.decide(plain.identity, [{ slug: plain.slug }]);
    expect(await experiments.decide(identity, [{ slug: holding.slug }])).toMatchObject([
      { reason: answer?.reason, unit: "user" },
    ]);
    const counted = await countAtEveryDoor(identity, holding.slug);
    expect(counted).toEqual(await countAtEveryDoor(plain.identity, plain.slug));
    if (state === "running") expect(counted).toEqual(everything);
  });
});

describe("a draft", () => {
  it.each(inForce)("is shown to whoever previews %s, and counts at no door", async (_what, overridesOf) => {
    const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput());
    const identity = anIdentity({ userId: await createUser(fixture.database), overrides: overridesOf(slug) });
    expect(await experiments.decide(identity, [{ slug }])).toMatchObject([{ reason: "override" }]);
    expect(await countAtEveryDoor(identity, slug)).toEqual(nothing);
  });

  it.each(withoutEffect)("is as if it were not there for a preview that %s", async (_what, overridesOf) => {
    const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput());
    const identity = anIdentity({ userId: await createUser(fixture.database), overrides: overridesOf(slug) });
    const [unknown] = await experiments.decide(identity, [{ slug: "no-such-experiment" }]);
    expect(await experiments.decide(identity, [{ slug }])).toEqual([{ ...unknown, slug }]);
    expect(await experiments.foresee(identity, [{ slug }])).toEqual([{ ...unknown, slug }]);
    expect(await countAtEveryDoor(identity, slug)).toEqual(nothing);
  });
});

describe("a caller who", () => {
  it.each<[string, Partial<Identity>, string]>([
    ["is a bot", { isBot: true }, "bot"],
    ["has not consented", { hasConsent: false }, "no_consent"],
    ["is a bot that has not consented", { isBot: true, hasConsent: false }, "bot"],
  ])("%s is counted at no door, and costs no statement", async (_who, changes, reason) => {
    const targetingRules = { userAttributes: { country: "DE" } };
    const input = anInput();
    const clientEvents = ["clicked", eventOf(input.slug)];
    const { slug } = await aRunningExperiment(fixture, { ...input, clientEvents });
    const { slug: targeted } = await aRunningExperiment(fixture, { targetingRules });
    const userId = await createUser(fixture.database, { country: "DE" });
    const person = anIdentity({ userId });
    await experiments.decide(person, [{ slug }]);
    const uncounted = { ...person, ...changes };
    const requests = [{ slug }, { slug: targeted }];
    const statements = await countStatements(fixture.database.pool, async () => {
      expect(await experiments.decide(uncounted, requests)).toMatchObject([{ reason }, { reason }]);
      expect(await experiments.foresee(uncounted, requests)).toMatchObject([{ reason }, { reason }]);
      expect(await countAtEveryDoor(uncounted, slug)).toEqual(nothing);
    });
    expect(statements).toBe(0);
    expect(await countAtEveryDoor(person, slug)).toEqual(everything);
  });
});

it("a transaction waits a moment at most for a node that cannot read which previews are in force", async () => {
  const log = vi.spyOn(logger, "error").mockImplementation(() => {});
  vi.spyOn(logger, "warn").mockImplementation(() => {});
  const proxy = await createTcpProxy(connectionString);
  proxy.hang();
  const database = createDatabase({ connectionString: proxy.connectionString, onSilence() {} });
  const module = createExperimentsModule({ database, decisionBudgetMs: 10_000 });
  const { slug, identity } = await aParticipant("running");
  const previewing = { ...identity, overrides: preview(slug, "urgent") };
  await ownWay.query("BEGIN");
  const outcome = await module.experiments.trackConversionWithin(ownWay, "sold", { subject: previewing });
  await ownWay.query("COMMIT");
  expect(outcome).toEqual({ recorded: 0 });
  expect(log).toHaveBeenCalledExactlyOnceWith(
    expect.stringContaining("A conversion was not recorded"),
    expect.objectContaining({ reason: expect.objectContaining({ name: "DatabaseUnavailable" }) }),
  );
  await module.close();
  await database.close();
  await proxy.close();
});
