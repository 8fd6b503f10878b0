import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createTeam,
  createUser,
  type Fixture,
} from "../../testing/database-fixtures";
import { type PostHogSink, startPostHogSink } from "../../testing/posthog-sink";
import { createExperimentTracker } from "../experiment-factory";

const { connectionString } = await testDatabase();
let sink: PostHogSink;
let fixture: Fixture;
const quiet = await createFixture(connectionString);
const open: Fixture[] = [];

beforeEach(async () => {
  sink = await startPostHogSink();
  // What the test before has left unsent is not this one's.
  await quiet.database.pool.query(`DELETE FROM "Lease"; DELETE FROM "ExperimentVariant"`);
  fixture = await aNode();
});
afterEach(async () => {
  // Nobody waits for what hangs.
  await sink.close();
  await Promise.all(open.splice(0).map((node) => node.close()));
});
afterAll(() => quiet.close());

async function aNode(): Promise<Fixture> {
  const tracker = createExperimentTracker({ key: sink.key, host: sink.url });
  const node = await createFixture(connectionString, { tracker });
  open.push(node);
  return node;
}

async function expose(node: Fixture, slug: string, userId: number) {
  await node.module.experiments.recordExposures(anIdentity({ userId }), [{ slug }]);
}

const unsent = async () => {
  const { rows } = await fixture.database.pool.query(
    `SELECT (SELECT count(*) FROM "ExperimentVariant" WHERE "exposedAt" IS NOT NULL AND "sentAt" IS NULL)
      + (SELECT count(*) FROM "ExperimentConversion" WHERE "sentAt" IS NULL) AS count`,
  );
  return Number(rows[0].count);
};
const failures = async () => {
  const { rows } = await quiet.database.pool.query(`SELECT "failures" FROM "Lease"`);
  return Number(rows[0]?.failures ?? 0);
};
const patiently = { timeout: 20_000, interval: 50 };

describe("what was recorded", () => {
  test("arrives once, with every property, for users, teams and visitors", async () => {
    const { experiments } = fixture.module;
    const userId = await createUser(fixture.database);
    const teamId = await createTeam(fixture.database, [userId]);
    const visitorId = randomUUID();
    const ofUser = (await aRunningExperiment(fixture, { setPersonProperties: true })).slug;
    const ofTeam = (await aRunningExperiment(fixture, { unit: "team" })).slug;
    const ofVisitor = (await aRunningExperiment(fixture, { unit: "visitor" })).slug;
    const identity = anIdentity({ userId, visitorId });
    const requests = [{ slug: ofUser }, { slug: ofTeam, teamId }, { slug: ofVisitor }];
    await experiments.recordExposures(identity, requests);
    await experiments.recordConversions(
      identity,
      requests.map((request) => ({ ...request, event: "clicked", key: "order-7" })),
    );
    await expect.poll(() => sink.events().length, patiently).toBe(6);
    await expect.poll(unsent, patiently).toBe(0);
    expect(sink.violations).toEqual([]);
    const rows = await fixture.database.prisma.experimentVariant.findMany();
    for (const row of rows) {
      const [viewed, converted] = ["experiment_viewed", "experiment_conversion"].map((name) =>
        sink.events(name).find(({ properties }) => properties.experiment_slug === row.experimentSlug),
      );
      const shared = {
        variant: row.variant,
        assignment_type: "deterministic",
        [`$feature/${row.experimentSlug}`]: row.variant,
      };
      const subject = {
        [ofUser]: { user_id: userId },
        [ofTeam]: { team_id: teamId, $groups: { team: String(teamId) } },
        [ofVisitor]: { visitor_id: visitorId, $process_person_profile: false },
      }[row.experimentSlug];
      expect(viewed?.properties).toMatchObject({ ...shared, ...subject });
      expect(viewed?.timestamp).toEqual(row.exposedAt);
      expect(converted?.properties).toMatchObject({ ...shared, ...subject, conversion_event: "clicked" });
    }
    const setters = sink.events("experiment_viewed").filter(({ properties }) => "$set" in properties);
    expect(setters.map(({ distinctId, properties }) => [distinctId, properties.$set])).toEqual([
      [String(userId), { [`experiment_${ofUser}`]: expect.any(String) }],
    ]);
  });

  test("while two nodes record, is sent by one at a time, and nothing twice", async () => {
    const { slug } = await aRunningExperiment(fixture);
    const other = await aNode();
    const people = await Promise.all(Array.from({ length: 40 }, () => createUser(fixture.database)));
    await Promise.all(people.map((userId, index) => expose(index % 2 ? fixture : other, slug, userId)));
    await expect.poll(() => sink.events("experiment_viewed").length, patiently).toBe(people.length);
    await expect.poll(unsent, patiently).toBe(0);
    const copies = sink.events().map(({ uuid }) => sink.copiesOf(uuid));
    expect(new Set(copies)).toEqual(new Set([1]));
  });

  test("by a node that was killed while sending goes out by another, under the same uuid", async () => {
    const { slug } = await aRunningExperiment(fixture);
    await sink.setMode("hang");
    await expose(fixture, slug, await createUser(fixture.database));
    await expect.poll(() => sink.requests.length, patiently).toBe(1);
    // The dead holder's lease runs out; nobody gives it back.
    await fixture.database.pool.query(
      `UPDATE "Lease" SET "holder" = gen_random_uuid(), "until" = clock_timestamp() + interval '2 seconds'`,
    );
    await sink.setMode("ok");
    await aNode();
    await expect.poll(() => sink.events("experiment_viewed").length, patiently).toBe(1);
    await expect.poll(unsent, patiently).toBe(0);
    expect(sink.violations).toEqual([]);
  });

  test("for somebody who was erased before it was sent is told to nobody", async () => {
    const { slug } = await aRunningExperiment(fixture);
    await sink.setMode("refuse");
    const [gone, stays] = [await createUser(fixture.database), await createUser(fixture.database)];
    for (const userId of [gone, stays]) await expose(fixture, slug, userId);
    // A batch that is under way has read its rows already.
    await expect.poll(failures, patiently).toBeGreaterThan(0);
    await fixture.database.prisma.user.delete({ where: { id: gone } });
    await sink.setMode("ok");
    await expect.poll(unsent, patiently).toBe(0);
    expect(sink.events().map(({ distinctId }) => distinctId)).toEqual([String(stays)]);
  });
});

test("what happened before the first node that sends is not sent, not even after a change of nodes", async () => {
  // A node has no key yet.
  await Promise.all(open.splice(0).map((node) => node.close()));
  await quiet.database.pool.query(`DELETE FROM "Lease"`);
  const { slug } = await aRunningExperiment(quiet);
  const [before, after] = [await createUser(quiet.database), await createUser(quiet.database)];
  const { experiments } = quiet.module;
  await experiments.recordExposures(anIdentity({ userId: before }), [{ slug }]);
  await experiments.recordConversions(anIdentity({ userId: before }), [{ slug, event: "clicked", key: "1" }]);
  for (const [table, at] of [
    ["ExperimentVariant", "exposedAt"],
    ["ExperimentConversion", "occurredAt"],
  ])
    await quiet.database.pool.query(`UPDATE "${table}" SET "${at}" = "${at}" - interval '2 minutes'`);
  fixture = await aNode();
  await expose(fixture, slug, after);
  await expect.poll(() => sink.events().length, patiently).toBe(1);
  await expect.poll(unsent, patiently).toBe(2);
  const next = await aNode();
  await next.module.jobs.run();
  expect(sink.events().map(({ distinctId }) => distinctId)).toEqual([String(after)]);
});

describe("while PostHog hangs", () => {
  test("exposing, converting, withdrawing and erasing go on at once, and no connection waits for it", async () => {
    const { experiments } = fixture.module;
    const { slug } = await aRunningExperiment(fixture);
    const ofVisitor = (await aRunningExperiment(fixture, { unit: "visitor" })).slug;
    await sink.setMode("hang");
    const userId = await createUser(fixture.database);
    const identity = anIdentity({ userId, visitorId: randomUUID() });
    await experiments.recordExposures(identity, [{ slug }, { slug: ofVisitor }]);
    await expect.poll(() => sink.requests.length, patiently).toBeGreaterThan(0);

    const { pool } = fixture.database;
    expect(pool.totalCount - pool.idleCount, "connections in use").toBeLessThanOrEqual(1); // the listener's
    const before = sink.requests.length;
    // Whatever met a lock of the sender's would end by the limit of a statement, or after PostHog's.
    await pool.query("SET lock_timeout = 200");
    await experiments.recordConversions(identity, [{ slug, event: "clicked", key: "1" }]);
    await experiments.recordExposures(anIdentity({ userId: await createUser(fixture.database) }), [{ slug }]);
    await experiments.forgetVisitor(identity.visitorId ?? "");
    await fixture.database.prisma.user.delete({ where: { id: userId } });
    expect(sink.requests.length, "it hung all the while").toBe(before);
  });

  test("a request asks the database for as much as without PostHog, and waits for nothing of it", async () => {
    const { slug } = await aRunningExperiment(fixture);
    await sink.setMode("hang");
    const counts: number[][] = [];
    for (const node of [quiet, fixture]) {
      const identity = anIdentity({ userId: await createUser(node.database) });
      const { experiments } = node.module;
      await experiments.decide(anIdentity(), [{ slug }]);
      counts.push([
        await statementsUntil(node, () => experiments.decide(identity, [{ slug }])),
        await statementsUntil(node, () => experiments.recordExposures(identity, [{ slug }])),
        await statementsUntil(node, () =>
          experiments.recordConversions(identity, [{ slug, event: "clicked", key: "1" }]),
        ),
      ]);
    }
    expect(counts[1]).toEqual(counts[0]);
  });
});

describe("while PostHog is down", () => {
  test.each(["fail", "refuse"] as const)(
    "(%s) it is asked seldom by all nodes together, and gets everything once when it is back",
    async (mode) => {
      const { slug } = await aRunningExperiment(fixture);
      const other = await aNode();
      await sink.setMode(mode);
      for (let index = 0; index < 10; index++)
        await expose(index % 2 ? fixture : other, slug, await createUser(fixture.database));
      await expect.poll(failures, patiently).toBe(2);
      // The first pause was a second, and this one is two, however many nodes are told of events.
      const asked = sink.requests.length;
      for (let index = 0; index < 10; index++)
        await expose(index % 2 ? fixture : other, slug, await createUser(fixture.database));
      expect(sink.requests.length).toBe(asked);
      await sink.setMode("ok");
      await expect.poll(() => sink.events("experiment_viewed").length, patiently).toBe(20);
      await expect.poll(unsent, patiently).toBe(0);
      await expect.poll(failures, patiently).toBe(0);
      expect(new Set(sink.events().map(({ uuid }) => sink.copiesOf(uuid)))).toEqual(new Set([1]));
      expect(sink.violations).toEqual([]);
    },
  );
});

/** What the request has asked the pool by the time that its answer is there; others' statements do not count. */
async function statementsUntil({ database }: Fixture, run: () => Promise<unknown>): Promise<number> {
  const { pool } = database;
  const query = pool.query;
  const request = new AsyncLocalStorage<true>();
  let count = 0;
  pool.query = ((...args: Parameters<typeof query>) => {
    if (request.getStore()) count++;
    return Reflect.apply(query, pool, args);
  }) as typeof query;
  try {
    await request.run(true, run);
    return count;
  } finally {
    pool.query = query;
  }
}
