import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, describe, expect, it } from "vitest";
import { anIdentity, aRunningExperiment, createFixture, createUser } from "../testing/database-fixtures";
import { someoneWith, takePart } from "../testing/person-fixtures";
import { explained, gatherPlans } from "../testing/query-plans";
import type { ExperimentFeed, RefusedReports } from "../types/feed";
import { FeedRepository } from "./feed.repository";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { database, module, admin } = fixture;
afterAll(() => fixture.close());

const METRIC = { metrics: { primary: "event:clicked", secondary: [], guardrails: [] } };
const read = (slug: string, actor: { userId: number | null } = admin) => module.admin.feed.read(actor, slug);
const reasons = ({ refused }: ExperimentFeed) =>
  refused.map(({ kind, reason, event, times }: RefusedReports) => [kind, reason, event, times]);
/** So that nothing is withheld any more. */
async function conclude({ slug, version }: { slug: string; version: number }): Promise<void> {
  await module.admin.lifecycle.conclude(admin, { slug, version, winnerVariant: null });
}

describe("what was recorded last", () => {
  it("stands there with variant and subject, the latest first, and says whether it counts", async () => {
    const experiment = await aRunningExperiment(fixture, { ...METRIC, clientEvents: ["clicked", "liked"] });
    const { slug } = experiment;
    const userId = await createUser(database);
    const variant = await takePart(fixture, userId, slug);
    await module.experiments.recordConversions(anIdentity({ userId }), [{ slug, event: "liked", key: "1" }]);
    await conclude(experiment);
    const { events, isWithheld } = await read(slug);
    expect(isWithheld).toBe(false);
    expect(events.map(({ kind, event, notCounted }) => [kind, event, notCounted])).toEqual([
      ["converted", "liked", "no_metric"],
      ["converted", "clicked", null],
      ["exposed", null, null],
      ["assigned", null, null],
    ]);
    for (const event of events)
      expect(event).toMatchObject({ variant, subject: { unit: "user", id: String(userId) } });
  });

  it("has the newest of what somebody did, however much that is and in whatever order it was recorded", async () => {
    const experiment = await aRunningExperiment(fixture, METRIC);
    const { slug } = experiment;
    await takePart(fixture, await createUser(database), slug);
    await database.pool.query(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt")
       SELECT "id", 'clicked', n::text, now() - n * interval '1 minute' FROM "ExperimentVariant", generate_series(250, 1, -1) AS n
       WHERE "experimentSlug" = $1 ORDER BY md5(n::text)`,
      [slug],
    );
    await database.pool.query(
      `UPDATE "ExperimentVariant" SET "assignedAt" = now() - interval '5 hours', "exposedAt" = now() - interval '5 hours'
       WHERE "experimentSlug" = $1`,
      [slug],
    );
    await conclude(experiment);
    const { events, isCut } = await read(slug);
    expect(isCut).toBe(false);
    const ages = events.flatMap(({ kind, at }) => (kind === "converted" ? [Date.now() - Number(at)] : []));
    expect(ages).toHaveLength(20);
    expect(Math.max(...ages)).toBeLessThan(21 * 60_000);
    const more = (n: number) =>
      database.pool.query(
        `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt")
         SELECT "id", 'clicked', 'more ' || $2 || n, now() FROM "ExperimentVariant", generate_series(1, $2) AS n
         WHERE "experimentSlug" = $1`,
        [slug, n],
      );
    // With the one of `takePart` there are 251.
    await more(49);
    expect((await read(slug)).isCut).toBe(false);
    // The 301st may be the latest, and is not read.
    await more(1);
    expect((await read(slug)).isCut).toBe(true);
  });

  it("has no conversion while the comparison is withheld, and says so", async () => {
    const { slug } = await aRunningExperiment(fixture, METRIC);
    await takePart(fixture, await createUser(database), slug);
    const { events, isWithheld } = await read(slug);
    expect(isWithheld).toBe(true);
    expect(events.map(({ kind }) => kind)).toEqual(["exposed", "assigned"]);
  });

  it("gives viewers no id by which somebody could be looked up", async () => {
    const viewer = await someoneWith(fixture, "viewer");
    const editor = await someoneWith(fixture, "editor");
    const { slug } = await aRunningExperiment(fixture);
    const userId = await createUser(database);
    await takePart(fixture, userId, slug);
    const told = await read(slug, viewer);
    expect([told.isMasked, ...told.events.map(({ subject }) => subject.id)]).toEqual([true, null, null]);
    expect((await read(slug, editor)).events[0]?.subject.id).toBe(String(userId));

    const visitors = await aRunningExperiment(fixture, { unit: "visitor" });
    const identity = anIdentity({ visitorId: randomUUID() });
    await module.experiments.decide(identity, [{ slug: visitors.slug }]);
    await module.experiments.recordExposures(identity, [{ slug: visitors.slug }]);
    expect((await read(visitors.slug, viewer)).events[0]?.subject.id).toBe(identity.visitorId?.slice(0, 8));
    await expect(read(slug, await someoneWith(fixture, null))).rejects.toThrow();
    await expect(read("there-is-none", viewer)).rejects.toThrow(/There is no experiment/);
  });

  it("says of a person's second browser that the first one counts", async () => {
    const experiment = await aRunningExperiment(fixture, { unit: "visitor" });
    const { slug } = experiment;
    const userId = await createUser(database);
    for (const visitorId of [randomUUID(), randomUUID()]) {
      const identity = anIdentity({ visitorId });
      await module.experiments.decide(identity, [{ slug }]);
      await module.experiments.recordExposures(identity, [{ slug }]);
      await module.experiments.linkVisitor(userId, visitorId);
    }
    const exposed = (await read(slug)).events.filter(({ kind }) => kind === "exposed");
    expect(exposed.map(({ notCounted }) => notCounted)).toEqual(["other_browser", null]);
  });

  it("reads no more of a million rows than of a few: the newest by their index, and those by key", async () => {
    const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
    await database.pool.query(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "assignedAt", "exposedAt")
       SELECT $1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1, now() - n * interval '1 second', now() - n * interval '1 second'
       FROM generate_series(1, 20000) AS n`,
      [slug],
    );
    await database.pool.query(
      `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt")
       SELECT "id", 'clicked', '1', now() FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
      [slug],
    );
    await database.pool.query(`VACUUM ANALYZE "ExperimentVariant", "ExperimentConversion"`);
    const explaining = createDatabase({ connectionString: explained(connectionString) });
    const plans = gatherPlans(explaining.pool);
    expect(await new FeedRepository(explaining.pool).listLatest(slug)).toHaveLength(200);
    await explaining.close();
    const [plan] = plans.filter(({ text }) => text.includes("newest"));
    expect(plan?.rowsRead).toBeLessThan(1_000);
  });
});

describe("what was not recorded", () => {
  it("is counted by its reason, and names nobody", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const userId = await createUser(database);
    const { experiments } = module;
    const identity = anIdentity({ userId });
    const click = { slug, event: "clicked", key: "one" };
    await experiments.recordConversions(identity, [click]);
    await takePart(fixture, userId, slug);
    await experiments.recordExposures(identity, [{ slug }]);
    await experiments.recordConversions(identity, [click]);
    await experiments.recordConversions(anIdentity({ userId, isBot: true }), [click]);
    await experiments.recordExposures(anIdentity({ userId, isBot: true }), [{ slug }]);
    await experiments.recordConversions(anIdentity({ userId, hasConsent: false }), [click]);
    await experiments.recordConversions(identity, [{ ...click, visitorId: randomUUID() }]);
    await expect(
      experiments.recordConversions(identity, [{ ...click, event: "invented" }]),
    ).rejects.toThrow();
    await expect(experiments.recordConversions(identity, [{ ...click, userId: 1e9 }])).rejects.toThrow();
    const other = anIdentity({ userId: await createUser(database) });
    const [answer] = await experiments.decide(other, [{ slug }]);
    const shown = answer?.variant === "control" ? "urgent" : "control";
    await experiments.recordExposures(other, [{ slug, variant: shown }]);
    const feed = await read(slug);
    expect(reasons(feed).sort()).toEqual(
      [
        ["conversion", "bot", "clicked", 1],
        ["conversion", "claim_refused", "clicked", 1],
        ["conversion", "no_consent", "clicked", 1],
        ["conversion", "not_assigned", "clicked", 1],
        ["conversion", "not_declared", "invented", 1],
        ["conversion", "other_visitor", "clicked", 1],
        ["conversion", "repeated", "clicked", 1],
        ["exposure", "bot", null, 1],
        ["exposure", "other_variant", null, 1],
        ["exposure", "repeated", null, 1],
      ].sort(),
    );
    const keys = new Set(feed.refused.flatMap((line) => Object.keys(line)));
    expect([...keys].sort()).toEqual(["event", "firstAt", "kind", "lastAt", "reason", "times"]);
  });
});
