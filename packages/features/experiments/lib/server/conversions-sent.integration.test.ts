// A process that dies between writing a conversion down and telling PostHog of it loses nothing.
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, expect, test } from "vitest";
import { aRunningExperiment, createFixture, createTeam, createUser } from "../../testing/database-fixtures";
import { startPostHogSink } from "../../testing/posthog-sink";
import { spawnNode } from "../../testing/spawn-node";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const sink = await startPostHogSink();
afterAll(async () => {
  await fixture.close();
  await sink.close();
});
const patiently = { timeout: 180_000, interval: 100 };

test("a server killed while it sends: the conversions go out after the restart, as they were at the time", {
  timeout: 180_000,
}, async () => {
  const userId = await createUser(fixture.database);
  const teamId = await createTeam(fixture.database, [userId]);
  const ofUser = (await aRunningExperiment(fixture)).slug;
  const ofTeam = (await aRunningExperiment(fixture, { unit: "team", assignmentType: "random" })).slug;
  const twin = (await aRunningExperiment(fixture)).slug;
  // Two experiments that share their salt share the assignment, and are two all the same.
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{salt}', '"shared"') WHERE "slug" = ANY($1)`,
    [[ofUser, twin]],
  );
  const { experiments } = fixture.module;
  await experiments.decideFor({ userId }, [ofUser, twin]);
  await experiments.decideFor({ teamId }, [ofTeam]);

  await sink.setMode("hang");
  const doomed = spawnNode(connectionString, { posthog: sink });
  const sale = { event: "subscription_started", value: "61.50", key: "subscription-7" };
  expect(await doomed.trackConversion(sale, { userId, teamId })).toEqual({ recorded: 3 });
  await expect.poll(() => sink.requests.length, patiently).toBeGreaterThan(0);
  await doomed.kill();
  expect(sink.events()).toEqual([]);
  const rows = await fixture.database.prisma.experimentConversion.findMany({ include: { assignment: true } });
  expect(rows.map(({ sentAt }) => sentAt)).toEqual([null, null, null]);

  await sink.setMode("ok");
  const next = spawnNode(connectionString, { posthog: sink });
  await expect.poll(() => sink.events("experiment_conversion").length, patiently).toBe(3);
  await expect
    .poll(() => fixture.database.prisma.experimentConversion.count({ where: { sentAt: null } }), patiently)
    .toBe(0);
  await next.stop();

  expect(sink.violations).toEqual([]);
  const sent = sink.events();
  for (const { assignment, occurredAt } of rows) {
    const slug = assignment.experimentSlug;
    const event = sent.find(({ properties }) => properties.experiment_slug === slug);
    expect(event?.timestamp).toEqual(occurredAt);
    expect(event?.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5/);
    expect(event?.distinctId).toBe(slug === ofTeam ? `team:${teamId}` : String(userId));
    expect(event?.properties).toMatchObject({
      variant: assignment.variant,
      assignment_type: slug === ofTeam ? "random" : "deterministic",
      conversion_event: "subscription_started",
      value: 61.5,
      [`$feature/${slug}`]: assignment.variant,
      ...(slug === ofTeam ? { team_id: teamId, $groups: { team: String(teamId) } } : { user_id: userId }),
    });
  }
  expect(new Set(sent.map(({ uuid }) => uuid)).size).toBe(3);
});

test("a server killed in a burst: whatever it had answered is stored and sent, nothing under two uuids", {
  timeout: 180_000,
}, async () => {
  const { slug } = await aRunningExperiment(fixture, { clientEvents: ["bought"] });
  const people = Array.from({ length: 400 }, (_, index) => 1_000_000 + index);
  await fixture.database.pool.query(
    `INSERT INTO "User" ("id", "email", "name", "passwordHash")
     SELECT id, id || '@burst.example', 'Uma', '-' FROM unnest($1::int[]) AS id`,
    [people],
  );
  await sink.setMode("ok");
  const doomed = spawnNode(connectionString, { posthog: sink });
  await doomed.expose(slug, people[0] as number);
  const answered = { exposed: new Set<number>(), converted: new Set<number>() };
  const burst = people.map(async (userId) => {
    await doomed.expose(slug, userId);
    answered.exposed.add(userId);
    await doomed.trackConversion({ event: "bought", key: "1" }, { userId });
    answered.converted.add(userId);
  });
  const over = Promise.allSettled(burst);
  await expect.poll(() => answered.converted.size, { timeout: 180_000, interval: 1 }).toBeGreaterThan(20);
  await doomed.kill();
  await over;
  // The test above waits until the lease of the dead runs out by itself.
  await fixture.database.pool.query(`UPDATE "Lease" SET "until" = clock_timestamp()`);

  const next = spawnNode(connectionString, { posthog: sink });
  await expect
    .poll(
      async () => {
        const { rows } = await fixture.database.pool.query<{ left: number }>(
          `SELECT (SELECT count(*) FROM "ExperimentVariant" WHERE "exposedAt" IS NOT NULL AND "sentAt" IS NULL)::int
             + (SELECT count(*) FROM "ExperimentConversion" WHERE "sentAt" IS NULL)::int AS left`,
        );
        return rows[0]?.left;
      },
      { timeout: 180_000, interval: 100 },
    )
    .toBe(0);
  await next.stop();
  const arrived = (name: string) =>
    new Set(
      sink
        .events(name)
        .filter(({ properties }) => properties.experiment_slug === slug)
        .map(({ distinctId }) => Number(distinctId)),
    );
  const missing = (of: Set<number>, name: string) => [...of].filter((userId) => !arrived(name).has(userId));
  expect(missing(answered.exposed, "experiment_viewed")).toEqual([]);
  expect(missing(answered.converted, "experiment_conversion")).toEqual([]);
  const uuids = sink.events().filter(({ properties }) => properties.experiment_slug === slug);
  expect(uuids.length).toBe(arrived("experiment_viewed").size + arrived("experiment_conversion").size);
  expect(sink.violations).toEqual([]);
});
