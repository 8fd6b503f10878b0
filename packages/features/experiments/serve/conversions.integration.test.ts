import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import type { PoolClient } from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { countStatements } from "../testing/count-statements";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  countsOf,
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";
import { MAX_BATCH } from "../types/reports";
import type { ServerConversion } from "./server-conversion";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  ({ experiments } = fixture.module);
});
afterAll(() => fixture.close());

const conversionsOf = (slug: string) =>
  fixture.database.prisma.experimentConversion.findMany({
    where: { assignment: { experimentSlug: slug } },
    orderBy: { occurredAt: "asc" },
  });

describe("a conversion that a page has kept over an outage", () => {
  const HOUR_MS = 3_600_000;

  it.each<[string, number | null, number, number, boolean?]>([
    ["is as old as the browser says", 10, 6, 6],
    ["is not older than the exposure", 10, 20, 10],
    ["is not older than three days", 200, 100, 72],
    ["is new where nothing was seen yet", null, 6, 0],
    ["is new where the experiment was turned off meanwhile", 10, 6, 0, true],
  ])("%s", async (_, exposedHoursAgo, ageHours, expectedHours, isOff = false) => {
    const { slug, version } = await aRunningExperiment(fixture);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    await experiments.decide(identity, [{ slug }]);
    const exposedAt = exposedHoursAgo === null ? null : new Date(Date.now() - exposedHoursAgo * HOUR_MS);
    await fixture.database.prisma.experimentVariant.updateMany({
      where: { experimentSlug: slug },
      data: { exposedAt },
    });
    const { lifecycle } = fixture.module.admin;
    if (isOff) await lifecycle.updateStatus(fixture.admin, { slug, version, action: "turn_off" });
    const report = { slug, event: "clicked", key: "1", ageMs: ageHours * HOUR_MS };
    expect(await experiments.recordConversions(identity, [report])).toEqual({ recorded: 1 });
    // Also one that had arrived after all.
    expect(await experiments.recordConversions(identity, [{ ...report, ageMs: 0 }])).toEqual({ recorded: 0 });
    const [conversion] = await conversionsOf(slug);
    const hours = (Date.now() - Number(conversion?.occurredAt)) / HOUR_MS;
    expect(hours).toBeGreaterThanOrEqual(expectedHours);
    expect(hours).toBeLessThan(expectedHours + 0.2);
  });
});

describe("a browser that names no experiment", () => {
  it("is credited by each that declares the event and has the person: as user, team and visitor, and by no other", async () => {
    const event = `event-${randomUUID()}`;
    const ofUsers = await aRunningExperiment(fixture, { clientEvents: [event] });
    const ofTeams = await aRunningExperiment(fixture, { unit: "team", clientEvents: [event] });
    const ofVisitors = await aRunningExperiment(fixture, { unit: "visitor", clientEvents: [event] });
    const undeclared = await aRunningExperiment(fixture, { clientEvents: ["another"] });
    const without = await aRunningExperiment(fixture, { clientEvents: [event] });
    const userId = await createUser(fixture.database);
    const [laptop, phone] = [randomUUID(), randomUUID()];
    const teamId = await createTeam(fixture.database, [userId]);
    await experiments.recordExposures(anIdentity({ visitorId: laptop }), [{ slug: ofVisitors.slug }]);
    for (const visitorId of [laptop, phone]) await experiments.linkVisitor(userId, visitorId);
    const identity = anIdentity({ userId, visitorId: phone });
    await experiments.decide(identity, [
      { slug: ofUsers.slug },
      { slug: ofTeams.slug, teamId },
      { slug: undeclared.slug },
    ]);

    const report = { event, key: "1" };
    expect(await experiments.recordConversions(identity, [report])).toEqual({ recorded: 2 });
    expect(await experiments.recordConversions(identity, [{ ...report, teamId }])).toEqual({ recorded: 1 });
    expect(await experiments.recordConversions(identity, [{ ...report, teamId }])).toEqual({ recorded: 0 });

    for (const { slug } of [ofUsers, ofTeams, ofVisitors]) expect(await conversionsOf(slug)).toHaveLength(1);
    for (const { slug } of [undeclared, without]) expect(await conversionsOf(slug)).toHaveLength(0);
  });

  it("is ignored where nobody declares the event, the experiment is a draft or over, and refused for a foreign team", async () => {
    const event = `event-${randomUUID()}`;
    const userId = await createUser(fixture.database);
    const identity = anIdentity({ userId });
    const report = { event, key: "1" };
    expect(await experiments.recordConversions(identity, [report])).toEqual({ recorded: 0 });

    await fixture.module.admin.editing.create(fixture.admin, anInput({ clientEvents: [event] }));
    const over = await aRunningExperiment(fixture, { clientEvents: [event] });
    await experiments.decide(identity, [{ slug: over.slug }]);
    const { version } = await fixture.module.admin.catalog.get(fixture.admin, over.slug);
    await fixture.module.admin.lifecycle.conclude(fixture.admin, {
      slug: over.slug,
      version,
      winnerVariant: "urgent",
    });
    expect(await experiments.recordConversions(identity, [report])).toEqual({ recorded: 0 });

    const foreign = await createTeam(fixture.database, []);
    await expect(
      experiments.recordConversions(identity, [{ ...report, teamId: foreign }]),
    ).rejects.toMatchObject({ code: "claim_refused" });
  });

  it("costs two statements, for a full batch and however many experiments that declare its event", async () => {
    const event = `event-${randomUUID()}`;
    const slugs: string[] = [];
    for (let index = 0; index < 20; index++)
      slugs.push((await aRunningExperiment(fixture, { clientEvents: [event] })).slug);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    await experiments.decide(identity, [{ slug: slugs[0] as string }, { slug: slugs[1] as string }]);
    const batch = Array.from({ length: MAX_BATCH }, (_, click) => ({ event, key: String(click) }));
    const statements = await countStatements(fixture.database.pool, async () =>
      expect(await experiments.recordConversions(identity, batch)).toEqual({ recorded: 2 * MAX_BATCH }),
    );
    expect(statements).toBe(2);
  });

  it("finds an event that was declared a moment ago", async () => {
    const event = `event-${randomUUID()}`;
    const { slug, version } = await aRunningExperiment(fixture);
    const identity = anIdentity({ userId: await createUser(fixture.database) });
    await experiments.decide(identity, [{ slug }]);
    expect(await experiments.recordConversions(identity, [{ event, key: "1" }])).toEqual({ recorded: 0 });
    await fixture.module.admin.editing.updateConfig(fixture.admin, {
      slug,
      version,
      patch: { clientEvents: ["clicked", event] },
    });
    expect(await experiments.recordConversions(identity, [{ event, key: "1" }])).toEqual({ recorded: 1 });
  });
});

describe("server code", () => {
  it("is believed about an event that nobody declares, in every experiment of its subject", async () => {
    const userId = await createUser(fixture.database);
    const visitorId = randomUUID();
    const teamId = await createTeam(fixture.database, [userId]);
    const [ofUsers, ofVisitors, ofTeams] = [
      await aRunningExperiment(fixture),
      await aRunningExperiment(fixture, { unit: "visitor" }),
      await aRunningExperiment(fixture, { unit: "team" }),
    ];
    await experiments.decide(anIdentity({ userId, visitorId }), [
      { slug: ofUsers.slug },
      { slug: ofVisitors.slug },
      { slug: ofTeams.slug, teamId },
    ]);
    await experiments.linkVisitor(userId, visitorId);

    const sale: ServerConversion = { event: "sold", value: "19.90", key: "order-1" };
    expect(await experiments.trackConversion(sale, { subject: { userId } })).toEqual({ recorded: 2 });
    expect(await experiments.trackConversion(sale, { subject: { userId, teamId } })).toEqual({ recorded: 1 });
    expect(await experiments.trackConversion(sale, { subject: { visitorId } })).toEqual({ recorded: 0 });
    expect(await experiments.trackConversion("sold", { subject: { visitorId } })).toEqual({ recorded: 1 });

    const [stored] = await conversionsOf(ofUsers.slug);
    expect(stored).toMatchObject({ conversionEvent: "sold", idempotencyKey: "order-1" });
    expect(stored?.value?.toFixed(2)).toBe("19.90");
    expect(await conversionsOf(ofTeams.slug)).toHaveLength(1);
  });

  it("counts a sale once for a person with several browsers, on the row that speaks for the person", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    const userId = await createUser(fixture.database);
    const [first, second] = [randomUUID(), randomUUID()];
    for (const visitorId of [second, first]) await experiments.decide(anIdentity({ visitorId }), [{ slug }]);
    for (const visitorId of [first, second])
      await experiments.recordExposures(anIdentity({ visitorId }), [{ slug }]);
    for (const visitorId of [first, second]) await experiments.linkVisitor(userId, visitorId);
    const sale = { event: "sold", value: 10, key: "order-1" };
    for (const subject of [{ userId }, { visitorId: second }, { visitorId: first }])
      await experiments.trackConversion(sale, { subject });
    const stored = await fixture.database.prisma.experimentConversion.findMany({
      where: { assignment: { experimentSlug: slug } },
      include: { assignment: true },
    });
    expect(stored.map(({ assignment }) => assignment.visitorId)).toEqual([first]);
  });

  // Browsers of one person that were written by one batch share their times to the millisecond.
  it("finds the same row first from every browser of a person, also where their times are equal", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor", assignmentType: "random" });
    const userId = await createUser(fixture.database);
    const browsers = Array.from({ length: 4 }, () => randomUUID());
    for (const visitorId of browsers)
      await experiments.recordExposures(anIdentity({ visitorId }), [{ slug }]);
    for (const visitorId of browsers) await experiments.linkVisitor(userId, visitorId);
    await fixture.database.pool.query(
      `UPDATE "ExperimentVariant" SET "assignedAt" = $2, "exposedAt" = $2 WHERE "experimentSlug" = $1`,
      [slug, new Date()],
    );
    const identities = browsers.map((visitorId) => anIdentity({ userId, visitorId }));
    const answers = await Promise.all(identities.map((one) => experiments.decide(one, [{ slug }])));
    expect(new Set(answers.map(([answer]) => answer?.variant)).size).toBe(1);
    const report = { slug, event: "clicked", key: "1" };
    const counts: number[] = [];
    for (const one of identities) counts.push((await experiments.recordConversions(one, [report])).recorded);
    expect(counts).toEqual([1, 0, 0, 0]);
    for (const [key, visitorId] of browsers.entries())
      await experiments.trackConversion({ event: "sold", key: String(key) }, { subject: { visitorId } });
    const rows = new Set((await conversionsOf(slug)).map(({ assignmentId }) => assignmentId));
    expect(rows.size).toBe(1);
  });

  it("checks the team of a request's identity, and counts neither for bots nor without consent", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "team" });
    const userId = await createUser(fixture.database);
    const [own, foreign] = [
      await createTeam(fixture.database, [userId]),
      await createTeam(fixture.database, [await createUser(fixture.database)]),
    ];
    for (const teamId of [own, foreign]) await experiments.decideFor({ teamId }, [slug]);
    const subject = anIdentity({ userId });
    expect(await experiments.trackConversion("sold", { subject, team: own })).toEqual({ recorded: 1 });
    await expect(experiments.trackConversion("sold", { subject, team: foreign })).rejects.toMatchObject({
      code: "claim_refused",
    });
    const { prisma } = fixture.database;
    const within = await prisma.$transaction((tx) =>
      experiments.trackConversionWithin(tx, "sold", { subject, team: foreign }),
    );
    expect(within).toEqual({ recorded: 0 });
    for (const changes of [{ isBot: true }, { hasConsent: false }])
      expect(
        await experiments.trackConversion("sold", { subject: { ...subject, ...changes }, team: own }),
      ).toEqual({ recorded: 0 });
    expect(await conversionsOf(slug)).toHaveLength(1);
  });

  it("leaves out what its subject previews, and every experiment but the one that it names", async () => {
    const [one, other, previewed] = [
      await aRunningExperiment(fixture),
      await aRunningExperiment(fixture),
      await aRunningExperiment(fixture),
    ];
    const slugs = [one.slug, other.slug, previewed.slug];
    const userId = await createUser(fixture.database);
    await experiments.decideFor({ userId }, slugs);
    const named = await experiments.trackConversion("sold", { subject: { userId }, experiment: one.slug });
    expect(named).toEqual({ recorded: 1 });
    const overrides = { [previewed.slug]: { variant: "urgent", expiresAt: Date.now() + 60_000 } };
    const subject = { ...anIdentity({ userId }), overrides };
    expect(await experiments.trackConversion("sold", { subject })).toEqual({ recorded: 2 });
    expect(await conversionsOf(previewed.slug)).toHaveLength(0);
    expect(await conversionsOf(one.slug)).toHaveLength(2);
  });

  it("credits an experiment that is over with what happened before its end, and with nothing after", async () => {
    const { slug, version } = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    await experiments.decideFor({ userId }, [slug]);
    const before = new Date();
    await fixture.module.admin.lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null });
    const subject = { userId };
    expect(await experiments.trackConversion("sold", { subject })).toEqual({ recorded: 0 });
    expect(await experiments.trackConversion({ event: "sold", occurredAt: before }, { subject })).toEqual({
      recorded: 1,
    });
  });

  it("keeps the time at which something happened, and never one that is still to come", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    await experiments.decideFor({ userId }, [slug]);
    const times = [new Date("2026-01-02T03:04:05.678Z"), new Date("2999-01-01"), new Date(8.64e15)];
    for (const occurredAt of times)
      await experiments.trackConversion({ event: "sold", occurredAt }, { subject: { userId } });
    const [past, ...later] = await conversionsOf(slug);
    expect(past?.occurredAt).toEqual(times[0]);
    expect(later).toHaveLength(2);
    for (const { occurredAt } of later)
      expect(Math.abs(Date.now() - Number(occurredAt))).toBeLessThan(60_000);
  });

  it.each<[what: string, field: string, conversion: object]>([
    ["no number", "value", { value: Number.NaN }],
    ["an infinite number", "value", { value: Number.POSITIVE_INFINITY }],
    ["a number that would ruin a mean", "value", { value: 1e308 }],
    ["a million millions", "value", { value: 1e12 }],
    ["text that is no number", "value", { value: "12,50" }],
    ["an exponent", "value", { value: "1e3" }],
    ["more decimals than are kept", "value", { value: "0.1234567" }],
    ["an injection", "value", { value: "1); DROP TABLE x" }],
    ["an object", "value", { value: {} }],
    ["no event", "event", { event: "" }],
    ["an event with spaces", "event", { event: "bought a thing" }],
    ["an empty key", "key", { key: "" }],
    ["a key of a megabyte", "key", { key: "k".repeat(1_000_000) }],
    ["a key with NUL", "key", { key: "a\0" }],
    ["half a character", "key", { key: "\ud83d" }],
    ["a date that is none", "occurredAt", { occurredAt: new Date("yesterday") }],
    ["a date of before there were any", "occurredAt", { occurredAt: new Date(-1) }],
  ])("is told in words where it reports %s", async (_what, field, conversion) => {
    const call = experiments.trackConversion({ event: "sold", ...conversion } as ServerConversion, {
      subject: { userId: 1 },
    });
    await expect(call).rejects.toMatchObject({ code: "invalid_conversion", field, kind: "bad_request" });
  });

  it.each([
    [0.1 + 0.2, "0.300000"],
    [-5, "-5.000000"],
    [999_999_999_999, "999999999999.000000"],
    ["999999999999.999999", "999999999999.999999"],
    ["0.000001", "0.000001"],
  ])("stores %s as %s", async (value, expected) => {
    const { slug } = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    await experiments.decideFor({ userId }, [slug]);
    await experiments.trackConversion({ event: "sold", value }, { subject: { userId }, experiment: slug });
    const { rows } = await fixture.database.pool.query(
      `SELECT "value"::text FROM "ExperimentConversion" JOIN "ExperimentVariant" AS a ON a."id" = "assignmentId"
       WHERE a."experimentSlug" = $1`,
      [slug],
    );
    expect(rows).toEqual([{ value: expected }]);
  });

  it("asks the database once, for however many experiments", async () => {
    const userId = await createUser(fixture.database);
    const slugs: string[] = [];
    for (let index = 0; index < 10; index++) slugs.push((await aRunningExperiment(fixture)).slug);
    await experiments.decideFor({ userId }, slugs);
    const statements = await countStatements(fixture.database.pool, async () =>
      expect(await experiments.trackConversion("sold", { subject: { userId } })).toEqual({ recorded: 10 }),
    );
    expect(statements).toBe(1);
  });

  it("gets an error that says so where the database is gone, so that a job can try again", async () => {
    const away = await createFixture(connectionString);
    await away.close();
    const call = away.module.experiments.trackConversion("sold", { subject: { userId: 1 } });
    await expect(call).rejects.toMatchObject({ code: "unavailable", kind: "unavailable" });
  });
});

describe("keys", () => {
  it("of somebody else never suppress one's own, and a replay counts once", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const people = await Promise.all(Array.from({ length: 5 }, () => createUser(fixture.database)));
    for (const userId of people) await experiments.decideFor({ userId }, [slug]);
    const key = "the-same-for-all";
    for (let replay = 0; replay < 3; replay++)
      await Promise.all(
        people.flatMap((userId) => [
          experiments.recordConversions(anIdentity({ userId }), [{ slug, event: "clicked", key }]),
          experiments.trackConversion({ event: "sold", key }, { subject: { userId } }),
        ]),
      );
    const stored = await conversionsOf(slug);
    expect(stored).toHaveLength(2 * people.length);
    expect(new Set(stored.map(({ assignmentId }) => assignmentId)).size).toBe(people.length);
  });

  it("are no way into an experiment: a forged report leaves no row of any kind", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const stranger = anIdentity({ userId: await createUser(fixture.database), visitorId: randomUUID() });
    const report = { event: "clicked", key: "1" };
    expect(await experiments.recordConversions(stranger, [{ ...report, slug }])).toEqual({ recorded: 0 });
    expect(await experiments.recordConversions(stranger, [{ ...report, slug: "not-there" }])).toEqual({
      recorded: 0,
    });
    expect(await fixture.database.prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(
      0,
    );
  });
});

it("a conversion that overtakes its exposure beacon, and a beacon that a busy process lets wait, both count", async () => {
  const { slug } = await aRunningExperiment(fixture);
  const userId = await createUser(fixture.database);
  await experiments.decideFor({ userId }, [slug]);
  const { pool } = fixture.database;
  // Every connection is taken: the beacon has arrived, and cannot be written yet.
  const free = pool.options.max - (pool.totalCount - pool.idleCount);
  const taken = await Promise.all(Array.from({ length: free }, () => pool.connect()));
  const [client] = taken as [PoolClient];
  const beacon = experiments.recordExposures(anIdentity({ userId }), [{ slug }]);
  await vi.waitFor(() => expect(pool.waitingCount).toBeGreaterThan(0), { timeout: 20_000 });
  await client.query("SELECT pg_sleep(0.05)");
  await client.query("BEGIN");
  await experiments.trackConversionWithin(client, "sold", { subject: { userId } });
  await client.query("COMMIT");
  for (const one of taken) one.release();
  expect(await beacon).toEqual({ recorded: 1 });
  const { variants } = await countsOf(fixture, slug);
  expect(variants.reduce((sum, { converted }) => sum + (converted ?? 0), 0)).toBe(1);
});
