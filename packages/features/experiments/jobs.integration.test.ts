import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createExperimentTracker } from "./lib/experiment-factory";
import { takeLease } from "./sql/lease";
import {
  anIdentity,
  anInput,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "./testing/database-fixtures";
import { type PostHogSink, startPostHogSink } from "./testing/posthog-sink";

const { connectionString } = await testDatabase();
let sink: PostHogSink;
let recording: Fixture;
let nodes: [Fixture, Fixture];

beforeAll(async () => {
  sink = await startPostHogSink();
  // One without a tracker, so that what it records waits for a run.
  recording = await createFixture(connectionString);
  const aNode = () =>
    createFixture(connectionString, { tracker: createExperimentTracker({ key: sink.key, host: sink.url }) });
  nodes = [await aNode(), await aNode()];
});
afterAll(async () => {
  await Promise.all([recording, ...nodes].map((node) => node.close()));
  await sink.close();
});

const nothing = { hasRun: false, steps: [], sent: 0, recounted: [], swept: 0 };

test("two runs at once do the work once between them, and say what was done", {
  timeout: 180_000,
}, async () => {
  const [first, second] = nodes;
  const schedule = { startAt: new Date(Date.now() - 60_000).toISOString(), stopAt: null };
  const due = await first.module.admin.editing.create(first.admin, anInput({ schedule }));
  const running = await aRunningExperiment(recording);
  const userId = await createUser(recording.database);
  await recording.module.experiments.recordExposures(anIdentity({ userId }), [{ slug: running.slug }]);

  const runs = await Promise.all([first, first, second].map((node) => node.module.jobs.run()));
  expect(runs.flatMap(({ steps }) => steps)).toEqual([{ slug: due.slug, step: "start" }]);
  expect(runs.flatMap(({ recounted }) => recounted).toSorted()).toEqual([due.slug, running.slug].toSorted());
  expect(runs.map(({ sent }) => sent).toSorted()).toEqual([0, 0, 1]);
  expect(sink.events().map(({ event }) => event)).toEqual(["experiment_viewed"]);

  expect(await second.module.jobs.run()).toEqual({ ...nothing, hasRun: true });
});

test("a run that was killed keeps others out until its lease ends", async () => {
  const [{ module, database }] = nodes;
  await takeLease(database.pool, "run-jobs", randomUUID(), 60_000);
  expect(await module.jobs.run()).toEqual(nothing);
  await database.pool.query(`UPDATE "Lease" SET "until" = now() WHERE "name" = 'run-jobs'`);
  expect((await module.jobs.run()).hasRun).toBe(true);
});

test("a node whose jobs were ended leaves its leases to others, and goes on deciding", async () => {
  const [{ module, database }] = nodes;
  const { slug } = await aRunningExperiment(recording);
  const userId = await createUser(database);
  await module.stopJobs();
  const { rows } = await database.pool.query(`SELECT "name" FROM "Lease" WHERE "holder" IS NOT NULL`);
  expect(rows).toEqual([]);
  const [answer] = await module.experiments.decideFor({ userId }, [slug]);
  expect(answer?.reason).toBe("allocated");
});
