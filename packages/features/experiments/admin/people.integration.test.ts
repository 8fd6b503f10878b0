import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import { countStatements } from "../testing/count-statements";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  createFixture,
  createTeam,
  createUser,
} from "../testing/database-fixtures";
import { lookAt, someoneWith, takePart } from "../testing/person-fixtures";
import { PERSON_PAGE, type PersonEntry, type PersonLook } from "../types/people";
import { hashFrom } from "../utils/hash";
import { shareEnd, stageHash } from "../utils/variant-assignment";

const { connectionString } = await testDatabase();
// A build, so that it is written down which code asks.
const fixture = await createFixture(connectionString, { build: "a-build" });
const { database, module, admin: actor } = fixture;
const { prisma, pool } = database;
afterAll(() => fixture.close());

/** However busy the machine is. */
const HEARING = { timeout: 20_000 };
const ofUser = (id: number) => ({ unit: "user" as const, id });
const entryOf = ({ entries }: PersonLook, slug: string) =>
  entries.find((entry) => entry.slug === slug) as PersonEntry;
const inOrganization = (id: number) =>
  prisma.team.update({ where: { id }, data: { isOrganization: true, name: "Acme Group" } });

describe("what is said of somebody", () => {
  it("is what deciding says, of every state and unit, and names the rule", async () => {
    const userId = await createUser(database, { country: "DE" });
    const teamId = await createTeam(database, [userId], true);
    const visitorId = randomUUID();
    await module.experiments.linkVisitor(userId, visitorId);
    const running = await Promise.all([
      aRunningExperiment(fixture),
      aRunningExperiment(fixture, { unit: "team" }),
      aRunningExperiment(fixture, { unit: "visitor" }),
      aRunningExperiment(fixture, { targetingRules: { userAttributes: { country: "AT" } } }),
      aRunningExperiment(fixture, { targetingRules: { plans: ["teams"] } }),
      aRunningExperiment(fixture, { trafficPercentage: 0 }),
    ]);
    const paused = await aRunningExperiment(fixture);
    await module.admin.lifecycle.updateStatus(actor, { ...paused, action: "pause" });
    const ended = await aRunningExperiment(fixture);
    await module.admin.lifecycle.conclude(actor, { ...ended, winnerVariant: "urgent" });
    const slugs = [...running, paused, ended].map(({ slug }) => slug);
    const identity = anIdentity({ userId, visitorId });
    const foreseen = await module.experiments.foresee(
      identity,
      slugs.map((slug) => ({ slug, teamId })),
    );
    const look = await lookAt(fixture, ofUser(userId));
    for (const [index, slug] of slugs.entries()) {
      const { variant, reason } = foreseen[index] ?? {};
      expect(entryOf(look, slug), slug).toMatchObject({ decision: { variant, reason }, assigned: null });
    }
    expect(slugs.map((slug) => entryOf(look, slug).rule.code)).toEqual([
      ...["hash", "hash", "hash", "targeting", "hash", "traffic", "paused", "winner"],
    ]);
    expect(entryOf(look, running[1]?.slug ?? "").subject).toMatchObject({ unit: "team", name: "A team" });
  });

  it("writes nothing where there is no row: neither an assignment, nor an exposure, nor that code has asked", async () => {
    const userId = await createUser(database);
    const { slug } = await aRunningExperiment(fixture);
    const count = async () => {
      await module.jobs.run();
      const tables = ["ExperimentVariant", "ExperimentConversion", "ExperimentAsk", "VisitorLink"];
      const counts = tables.map(
        (table) => `(SELECT count(*)::int FROM "${table}" WHERE to_jsonb("${table}")::text LIKE $1)`,
      );
      return (await pool.query(`SELECT ARRAY[${counts}] AS counts`, [`%${slug}%`])).rows[0].counts;
    };
    const before = await count();
    for (let look = 0; look < 3; look++)
      expect(entryOf(await lookAt(fixture, ofUser(userId)), slug)).toMatchObject({
        decision: { reason: "allocated" },
        assigned: null,
        conversions: [],
      });
    expect(await count()).toEqual(before);
  });

  it("never tells what would be drawn", async () => {
    const { slug } = await aRunningExperiment(fixture, { assignmentType: "random" });
    const look = await lookAt(fixture, ofUser(await createUser(database)));
    expect(entryOf(look, slug)).toMatchObject({ isVariantKnown: false, rule: { code: "draw" } });
  });

  it("tells of a row since when, what was seen, and what was done, also once it is over", async () => {
    const userId = await createUser(database);
    const { slug, version } = await aRunningExperiment(fixture);
    const variant = await takePart(fixture, userId, slug);
    await module.admin.lifecycle.conclude(actor, { slug, version, winnerVariant: null });
    const look = await lookAt(fixture, ofUser(userId), { show: "assigned" });
    expect(look.entries).toHaveLength(1);
    expect(look.entries[0]).toMatchObject({
      slug,
      decision: { variant: null, reason: "not_running" },
      assigned: { variant, at: expect.any(Date) as Date, exposedAt: expect.any(Date) as Date },
      conversions: [{ event: "clicked", times: 1 }],
      isWithheld: false,
    });
    expect(look.timeline.map(({ what }) => what.kind)).toEqual(["converted", "exposed", "assigned"]);
  });

  it("is of a browser what its person saw first in another", async () => {
    const userId = await createUser(database);
    const [here, there] = [randomUUID(), randomUUID()];
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    await module.experiments.decide(anIdentity({ visitorId: there }), [{ slug }]);
    await module.experiments.recordExposures(anIdentity({ visitorId: there }), [{ slug }]);
    for (const visitorId of [there, here]) await module.experiments.linkVisitor(userId, visitorId);
    const look = await lookAt(fixture, { unit: "visitor", id: here });
    const [decided] = await module.experiments.decide(anIdentity({ visitorId: here, userId }), [{ slug }]);
    expect(look.person).toMatchObject({ unit: "visitor", id: here, userId });
    expect(entryOf(look, slug)).toMatchObject({
      decision: { variant: decided?.variant, reason: "sticky" },
      subject: { id: there },
    });
  });

  it("says of a flag its type, by which a kill switch is known, and of an experiment none", async () => {
    const userId = await createUser(database);
    const { slug } = await aRunningExperiment(fixture);
    const flag = `stop-${randomUUID()}`;
    await prisma.feature.create({ data: { slug: flag, type: "KILL_SWITCH", enabled: true } });
    const look = (search: string) => lookAt(fixture, ofUser(userId), { search });
    await expect.poll(async () => (await look(flag)).total, HEARING).toBe(1);
    expect((await look(flag)).entries).toMatchObject([{ kind: "flag", flagType: "KILL_SWITCH" }]);
    expect((await look(slug)).entries).toMatchObject([{ kind: "experiment", flagType: null }]);
  });

  it("names the row of a flag that decides, from the nearest on, as the flag itself goes", async () => {
    const userId = await createUser(database);
    const group = await createTeam(database, [userId]);
    await inOrganization(group);
    const team = await createTeam(database, [userId]);
    // In half of all, and not in a tenth.
    let slug: string;
    let place: number;
    do {
      slug = `flag-${randomUUID()}`;
      place = hashFrom(stageHash("traffic", slug), String(userId));
    } while (place >= shareEnd(50) || place < shareEnd(10));
    await prisma.feature.create({ data: { slug, enabled: true } });
    const rule = async () => {
      const { decision, rule } = entryOf(
        await lookAt(fixture, ofUser(userId), { show: "flags", search: slug }),
        slug,
      );
      return { ...rule, isOn: decision.variant === "treatment" };
    };
    // This node hears of the flag.
    const total = async () => (await lookAt(fixture, ofUser(userId), { search: slug })).total;
    await expect.poll(total, HEARING).toBe(1);
    expect(await rule()).toEqual({ code: "flag_default", isOn: true });
    await prisma.feature.update({ where: { slug }, data: { rolloutPercentage: 50, rolloutUnit: "user" } });
    await expect.poll(rule, HEARING).toEqual({ code: "flag_row", level: "rollout", team: null, isOn: true });
    await prisma.feature.update({ where: { slug }, data: { rolloutPercentage: 10 } });
    await expect.poll(rule, HEARING).toEqual({ code: "flag_default", isOn: false });
    await prisma.teamFeatures.create({ data: { teamId: group, featureId: slug, enabled: false } });
    const acme = { id: group, name: "Acme Group" };
    expect(await rule()).toEqual({ code: "flag_row", level: "organization", team: acme, isOn: false });
    await prisma.teamFeatures.create({ data: { teamId: team, featureId: slug, enabled: true } });
    expect(await rule()).toMatchObject({ level: "team", team: { id: team }, isOn: true });
    await prisma.userFeatures.create({ data: { userId, featureId: slug, enabled: false } });
    expect(await rule()).toEqual({ code: "flag_row", level: "user", team: null, isOn: false });
    const ofTeam = await lookAt(fixture, { unit: "team", id: team }, { search: slug });
    expect(entryOf(ofTeam, slug)).toMatchObject({
      rule: { level: "team" },
      decision: { variant: "treatment" },
    });
  });
});

describe("of somebody who is not there", () => {
  it.each([
    { unit: "user" as const, id: 2_000_000_000 },
    { unit: "team" as const, id: 2_000_000_000 },
    { unit: "visitor" as const, id: randomUUID() },
  ])("%j nothing is said, and nothing recorded", async (person) => {
    const before = await prisma.auditLog.count();
    await expect(lookAt(fixture, person)).rejects.toMatchObject({ code: "not_found" });
    expect(await prisma.auditLog.count()).toBe(before);
  });

  it("an address leads to nobody, and a whole one to its user in any case", async () => {
    const { email, userId } = await someoneWith(fixture, null);
    const find = (address: string) => module.admin.people.findByEmail(actor, address);
    expect(await find(email.toUpperCase())).toEqual({ id: userId });
    await expect(find(email.slice(1))).rejects.toMatchObject({ code: "not_found" });
    await expect(find("%")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("many experiments", () => {
  // On a busy machine the node hears late of all of them.
  it("cost no more statements than a few, and come page by page", { timeout: 180_000 }, async () => {
    await pool.query(`DELETE FROM "Feature" WHERE "slug" LIKE '%many%'`);
    const { slug } = await aRunningExperiment(fixture);
    const userId = await createUser(database);
    const count = () => countStatements(pool, () => lookAt(fixture, ofUser(userId)));
    const few = await count();
    await pool.query(
      `INSERT INTO "Feature" ("slug", "type", "enabled", "metadata")
       SELECT 'many-' || n, 'EXPERIMENT', true, "metadata" || '{"name": "One of many"}' FROM generate_series(1, 120) AS n,
         (SELECT "metadata" FROM "Feature" WHERE "slug" = $1) AS like_this`,
      [slug],
    );
    await aRunningExperiment(fixture, anInput({ slug: "last-of-many" }));
    const many = { search: "one of many" };
    // This node hears of them one after the other.
    const total = async () => (await lookAt(fixture, ofUser(userId), many)).total;
    await expect.poll(total, HEARING).toBe(120);
    const [first, second, third] = await Promise.all(
      [1, 2, 3].map(async (page) => (await lookAt(fixture, ofUser(userId), { ...many, page })).entries),
    );
    expect(await count()).toBeLessThanOrEqual(few);
    expect(few).toBeLessThanOrEqual(11);
    expect([first, second, third].map((entries) => entries?.length)).toEqual([PERSON_PAGE, PERSON_PAGE, 20]);
    expect(new Set([first, second, third].flat().map((entry) => entry?.slug)).size).toBe(120);
  });
});
