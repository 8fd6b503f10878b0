import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { anInput, aRunningExperiment, createFixture, type Fixture } from "../testing/database-fixtures";
import { NO_SCHEDULE } from "../types/settings";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let admin: Fixture["module"]["admin"];
let actor: Fixture["admin"];

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  admin = fixture.module.admin;
  actor = fixture.admin;
});
afterAll(() => fixture.close());

const fromNow = (ms: number) => new Date(Date.now() + ms).toISOString();
const MINUTE = 60_000;
const statusOf = async (slug: string) => {
  const { status, config } = await admin.catalog.get(actor, slug);
  return { status, schedule: config?.schedule };
};

it("starts a draft that fell due while nothing ran, once, and not before its time", async () => {
  const due = await admin.editing.create(
    actor,
    anInput({ schedule: { startAt: fromNow(-60 * MINUTE), stopAt: null } }),
  );
  const later = await admin.editing.create(
    actor,
    anInput({ schedule: { startAt: fromNow(MINUTE), stopAt: null } }),
  );
  expect(await fixture.module.schedule.runDue()).toMatchObject([{ slug: due.slug, step: "start" }]);
  expect(await statusOf(due.slug)).toEqual({ status: "running", schedule: { startAt: null, stopAt: null } });
  expect((await statusOf(later.slug)).status).toBe("draft");
  expect(await fixture.module.schedule.runDue()).toEqual([]);
  expect((await admin.catalog.get(actor, due.slug)).epochs).toHaveLength(1);
});

it("starts nothing without a metric, unless a reason was saved with the draft", async () => {
  const schedule = { startAt: fromNow(-MINUTE), stopAt: null };
  const none = anInput({ clientEvents: [], schedule });
  await expect(admin.editing.create(actor, none)).rejects.toMatchObject({ field: "metrics" });
  const { slug, version } = await admin.editing.create(actor, { ...none, schedule: NO_SCHEDULE });
  await expect(
    admin.editing.updateConfig(actor, { slug, version, patch: { schedule } }),
  ).rejects.toMatchObject({ field: "metrics" });
  // As it stands where it was scheduled before anybody was asked.
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = "metadata" || jsonb_build_object('schedule', $2::jsonb) WHERE "slug" = $1`,
    [slug, JSON.stringify(schedule)],
  );
  expect(await fixture.module.schedule.runDue()).toEqual([]);
  expect((await statusOf(slug)).status).toBe("draft");
  const { version: now } = await admin.catalog.get(actor, slug);
  const withoutMetric = "A rollout in steps";
  await admin.editing.updateConfig(actor, { slug, version: now, patch: { withoutMetric } });
  expect(await fixture.module.schedule.runDue()).toMatchObject([{ slug, step: "start" }]);
  expect((await admin.catalog.get(actor, slug)).config?.withoutMetric).toBe(withoutMetric);
});

it("is carried out by one of several nodes", async () => {
  const nodes = await Promise.all(Array.from({ length: 4 }, () => createFixture(connectionString)));
  const { slug } = await admin.editing.create(
    actor,
    anInput({ schedule: { startAt: fromNow(-MINUTE), stopAt: null } }),
  );
  const done = await Promise.all(nodes.map((node) => node.module.schedule.runDue()));
  expect(done.flat().map((step) => step.slug)).toEqual([slug]);
  expect((await admin.catalog.get(actor, slug)).epochs).toHaveLength(1);
  await Promise.all(nodes.map((node) => node.close()));
});

it("pauses at its end, in the name of nobody, and the activity shows the schedule", async () => {
  const { slug, version } = await aRunningExperiment(fixture);
  const schedule = { startAt: null, stopAt: fromNow(-MINUTE) };
  await admin.editing.updateConfig(actor, { slug, version, patch: { schedule } });
  await fixture.module.schedule.runDue();
  expect(await statusOf(slug)).toEqual({ status: "paused", schedule: { startAt: null, stopAt: null } });
  const [entry] = (await admin.activity.list(actor, { slug })).entries;
  expect(entry).toMatchObject({ actor: null });
  expect(entry?.differences.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["status", "schedule.stopAt"]),
  );
});

it("starts nobody for a moment where start and end passed while nothing ran", async () => {
  const schedule = { startAt: fromNow(-60 * MINUTE), stopAt: fromNow(-MINUTE) };
  const { slug } = await admin.editing.create(actor, anInput({ schedule }));
  expect(await fixture.module.schedule.runDue()).toMatchObject([{ slug, step: "miss" }]);
  expect(await statusOf(slug)).toEqual({ status: "draft", schedule: { startAt: null, stopAt: null } });
});

it("does not undo what a person does after its time", async () => {
  const { slug, version } = await aRunningExperiment(fixture);
  const scheduled = await admin.editing.updateConfig(actor, {
    slug,
    version,
    patch: { schedule: { startAt: null, stopAt: fromNow(-MINUTE) } },
  });
  const paused = await admin.lifecycle.updateStatus(actor, {
    slug,
    version: scheduled.version,
    action: "pause",
  });
  await admin.lifecycle.updateStatus(actor, { slug, version: paused.version, action: "resume" });
  expect(await fixture.module.schedule.runDue()).toEqual([]);
  expect((await statusOf(slug)).status).toBe("running");
});

it("refuses an end before its start, at the field", async () => {
  const schedule = { startAt: fromNow(2 * MINUTE), stopAt: fromNow(MINUTE) };
  await expect(admin.editing.create(actor, anInput({ schedule }))).rejects.toMatchObject({
    code: "invalid_config",
    field: "schedule.stopAt",
  });
});

it("goes on with the others where one cannot be started", async () => {
  const broken = await admin.editing.create(
    actor,
    anInput({ schedule: { startAt: fromNow(-MINUTE), stopAt: null } }),
  );
  const fine = await admin.editing.create(
    actor,
    anInput({ schedule: { startAt: fromNow(-MINUTE), stopAt: null } }),
  );
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{variants}', '"none"') WHERE "slug" = $1`,
    [broken.slug],
  );
  expect(await fixture.module.schedule.runDue()).toMatchObject([{ slug: fine.slug }]);
});
