import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { anInput, aRunningExperiment, createFixture, type Fixture } from "../testing/database-fixtures";
import { newMetricSchema } from "../types/metric-catalog";

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

it("names what each change has left different, by whom, the latest first", async () => {
  const { slug, version } = await aRunningExperiment(fixture);
  await admin.editing.updateConfig(actor, {
    slug,
    version,
    patch: {
      variants: [
        { name: "control", percentage: 90 },
        { name: "urgent", percentage: 10 },
      ],
    },
  });
  const { entries } = await admin.activity.list(actor, { slug });
  expect(entries.map(({ action }) => action)).toEqual(["UPDATE", "UPDATE", "INSERT"]);
  expect(entries[0]).toMatchObject({ actor: { id: actor.userId, name: "Ada" }, slug });
  expect(entries[0]?.differences).toEqual([
    { path: "epoch", before: 1, after: 2 },
    { path: "variants.0.percentage", before: 50, after: 90 },
    { path: "variants.1.percentage", before: 50, after: 10 },
  ]);
  expect(entries[1]?.differences.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["enabled", "status", "epoch", "startedAt"]),
  );
});

it("tells a change by hand, past the application, from everybody's", async () => {
  const { slug } = await admin.editing.create(actor, anInput());
  await fixture.database.pool.query(`UPDATE "Feature" SET "description" = 'by hand' WHERE "slug" = $1`, [
    slug,
  ]);
  const { entries } = await admin.activity.list(actor, { slug });
  expect(entries[0]).toMatchObject({ actor: null, actorRole: expect.any(String) });
});

it("is found by experiment, person and day, and goes on where a page ends", async () => {
  const { slug, version } = await admin.editing.create(actor, anInput());
  let current = version;
  for (let index = 0; index < 60; index++)
    current = (
      await admin.editing.updateConfig(actor, { slug, version: current, patch: { name: `Name ${index}` } })
    ).version;
  const first = await admin.activity.list(actor, { slug });
  const second = await admin.activity.list(actor, { slug, before: first.nextBefore ?? "" });
  expect([first.entries.length, second.entries.length, second.nextBefore]).toEqual([50, 11, null]);
  expect(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size).toBe(61);

  const [middle] = second.entries;
  const at = middle?.at.toISOString() ?? "";
  const later = new Date(Date.parse(at) + 1).toISOString();
  const idsOf = async (bounds: { since?: string; until?: string }) =>
    (await admin.activity.list(actor, { slug, ...bounds })).entries.map(({ id }) => id);
  // From an instant on, and before the next one: an entry is in the one list or in the other.
  expect(await idsOf({ since: at, until: later })).toContain(middle?.id);
  expect(await idsOf({ since: later })).not.toContain(middle?.id);
  expect(await idsOf({ until: at })).not.toContain(middle?.id);
  expect(await idsOf({ until: "2020-01-01T00:00:00.000Z" })).toEqual([]);
  expect((await admin.activity.list(actor, { slug, actorId: 2_000_000 })).entries).toEqual([]);
});

it("is narrowed to what it is about, with the name that an experiment has now or had at its end", async () => {
  const { slug } = await admin.editing.create(actor, anInput({ name: "Before" }));
  const { version } = await admin.catalog.get(actor, slug);
  await admin.editing.updateConfig(actor, { slug, version, patch: { name: "After" } });
  await admin.activity.exportCsv(actor, { slug });
  const listed = async (about?: "experiments" | "metrics" | "access" | "views") =>
    (await admin.activity.list(actor, { slug, about })).entries.map((one) => [
      one.action,
      one.experimentName,
    ]);
  expect(await listed("views")).toEqual([["EXPORT", "After"]]);
  expect(await listed("experiments")).toEqual([
    ["UPDATE", "After"],
    ["INSERT", "After"],
  ]);
  expect(await listed("metrics")).toEqual([]);
  expect(await listed()).toHaveLength(3);
  await fixture.database.pool.query(`DELETE FROM "Feature" WHERE "slug" = $1`, [slug]);
  expect((await listed())[0]).toEqual(["DELETE", "After"]);
});

it("gives the charts changes of the experiment alone, and those since the moment that they name", async () => {
  const { slug, version } = await aRunningExperiment(fixture);
  await admin.editing.updateConfig(actor, { slug, version, patch: { trafficPercentage: 10 } });
  await admin.activity.exportCsv(actor, { slug });
  const all = await admin.activity.list(actor, { slug });
  const changes = await admin.activity.list(actor, { slug, changesOnly: true });
  expect(all.entries.map(({ action }) => action)).toEqual(["EXPORT", "UPDATE", "UPDATE", "INSERT"]);
  expect(changes.entries).toEqual(all.entries.slice(1, 3));
  const later = await admin.activity.list(actor, {
    slug,
    changesOnly: true,
    since: "2999-01-01T00:00:00.000Z",
  });
  expect(later.entries).toEqual([]);
});

it("lists what becomes of metrics and of checklist items, and keeps it out of an experiment of the same name", async () => {
  const { slug } = await admin.editing.create(actor, anInput());
  const source = { from: "events", events: ["paid"] } as const;
  const { definition, ...metric } = newMetricSchema.parse({
    key: slug,
    definition: { kind: "conversion", name: "Paid", source },
  });
  const { revision } = await admin.metricCatalog.create(actor, { ...metric, definition });
  const second = await admin.metricCatalog.change(actor, {
    key: slug,
    revision: revision ?? 0,
    change: { definition: { ...definition, name: "Paid at last" } },
  });
  await admin.metricCatalog.change(actor, {
    key: slug,
    revision: second.revision ?? 0,
    change: { status: "archived" },
  });
  await admin.checklist.add(actor, "Support knows");
  const [item] = await admin.checklist.list(actor);
  await admin.checklist.remove(actor, item?.id ?? "");

  const { entries } = await admin.activity.list(actor, { actorId: actor.userId });
  const told = entries
    .slice(0, 5)
    .map(({ tableName, action, metricKey, differences, slug: of }) => [
      tableName,
      action,
      metricKey,
      of,
      differences.map(({ path, before, after }) => [path, before, after]),
    ]);
  expect(told).toEqual([
    ["ExperimentChecklistItem", "DELETE", null, null, [["text", "Support knows", undefined]]],
    ["ExperimentChecklistItem", "INSERT", null, null, [["text", undefined, "Support knows"]]],
    ["ExperimentMetric", "UPDATE", slug, null, [["metricStatus", "ready", "archived"]]],
    ["ExperimentMetric", "UPDATE", slug, null, [["metricVersion", 1, 2]]],
    ["ExperimentMetric", "INSERT", slug, null, expect.arrayContaining([["metricVersion", undefined, 1]])],
  ]);
  const ofExperiment = await admin.activity.list(actor, { slug });
  expect(ofExperiment.entries.map(({ tableName }) => tableName)).toEqual(["Feature"]);
});

it("leaves plain flags to themselves", async () => {
  await fixture.database.prisma.feature.create({ data: { slug: "a-plain-flag" } });
  expect((await admin.activity.list(actor, { slug: "a-plain-flag" })).entries).toEqual([]);
});

it("is exported so that no spreadsheet takes a text for a formula", async () => {
  const { slug } = await admin.editing.create(
    actor,
    anInput({ name: '=HYPERLINK("https://evil.example")', description: "@SUM(1)" }),
  );
  const csv = await admin.activity.exportCsv(actor, { slug });
  const [head, ...lines] = csv.trim().split("\n");
  expect(head).toBe("id,at,actor,actor_id,database_role,experiment,table,action,field,before,after");
  expect(csv).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  expect(csv).toContain("'@SUM(1)");
  expect(lines.every((line) => line.includes(`,${slug},Feature,INSERT,`))).toBe(true);
});
