import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import { anInput, aRunningExperiment, createFixture } from "../testing/database-fixtures";
import { someoneWith } from "../testing/person-fixtures";
import { CALENDAR_PAGE, type CalendarQuestion } from "../types/calendar";
import { addMonths, monthOf, startOfMonth } from "../types/months";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { module, admin, database } = fixture;
afterAll(() => fixture.close());

const ask = (question: Partial<CalendarQuestion> = {}, actor: { userId: number | null } = admin) =>
  module.admin.calendar.list(actor, { month: "2026-01", months: 6, page: 1, ...question });

/** One that ran from one moment to the other; null for what goes on. */
async function ran(startedAt: string, endedAt: string | null, tags: string[] = []): Promise<string> {
  const { slug, version } = await aRunningExperiment(fixture, { tags });
  if (endedAt !== null) await module.admin.lifecycle.conclude(admin, { slug, version, winnerVariant: null });
  await database.pool.query(`UPDATE "Feature" SET "metadata" = "metadata" || $2::jsonb WHERE "slug" = $1`, [
    slug,
    JSON.stringify({ startedAt, endedAt }),
  ]);
  return slug;
}

describe("the calendar", () => {
  it("has what ran in some of its months, wherever it began and ended, the latest start first", async () => {
    await ran("2025-03-01T00:00:00.000Z", "2025-12-31T23:59:59.000Z", ["cal"]);
    const into = await ran("2025-12-01T00:00:00.000Z", "2026-01-01T00:00:00.000Z", ["cal"]);
    const inside = await ran("2026-02-03T00:00:00.000Z", "2026-02-04T00:00:00.000Z", ["cal"]);
    const across = await ran("2025-11-01T00:00:00.000Z", "2026-09-01T00:00:00.000Z", ["cal"]);
    const open = await ran("2026-05-31T23:59:59.999Z", null, ["cal"]);
    await ran("2026-07-01T00:00:00.000Z", null, ["cal"]);
    const { entries, total, from, until } = await ask({ tag: "cal" });
    expect([from, until]).toEqual(["2026-01-01T00:00:00.000Z", "2026-07-01T00:00:00.000Z"]);
    expect(entries.map(({ slug }) => slug)).toEqual([open, inside, into, across]);
    expect(total).toBe(4);
    expect(entries[0]).toMatchObject({ status: "running", endedAt: null });
    expect(entries[1]).toMatchObject({ status: "concluded", endedAt: "2026-02-04T00:00:00.000Z" });
  });

  it("has what is scheduled: a draft from its start on, and what runs until it pauses", async () => {
    const schedule = { startAt: "2031-02-01T00:00:00.000Z", stopAt: "2031-03-01T00:00:00.000Z" };
    const draft = await module.admin.editing.create(admin, anInput({ tags: ["plan"], schedule }));
    await module.admin.editing.create(admin, anInput({ tags: ["plan"] }));
    const running = await aRunningExperiment(fixture, { tags: ["plan"] });
    await module.admin.editing.updateConfig(admin, {
      ...running,
      patch: { schedule: { startAt: null, stopAt: "2031-04-01T00:00:00.000Z" } },
    });
    const { entries } = await ask({ tag: "plan", month: "2031-02", months: 1 });
    expect(entries.map(({ slug, plannedStart, plannedEnd }) => [slug, plannedStart, plannedEnd])).toEqual([
      [draft.slug, schedule.startAt, schedule.stopAt],
      [running.slug, null, "2031-04-01T00:00:00.000Z"],
    ]);
    expect((await ask({ tag: "plan", month: "2031-05" })).entries).toEqual([]);
  });

  it("knows from the log when it did not run, and from the results until when it may run", async () => {
    const running = await aRunningExperiment(fixture, { tags: ["stops"] });
    const step = async (action: "pause" | "resume") => {
      const { version } = await module.admin.catalog.get(admin, running.slug);
      await module.admin.lifecycle.updateStatus(admin, { slug: running.slug, version, action });
    };
    const asked = async () =>
      (await ask({ tag: "stops", month: monthOf(new Date()), months: 1 })).entries[0] ?? expect.fail();
    expect((await asked()).pauses).toEqual([]);
    await step("pause");
    await step("resume");
    await step("pause");
    const [first, second] = (await asked()).pauses;
    for (const at of [first?.from, first?.to, second?.from]) expect(Date.parse(at ?? "")).not.toBeNaN();
    expect(second?.to).toBeNull();
    await database.pool.query(
      `INSERT INTO "ExperimentHealth" ("experimentSlug", "asOf", "daysToGo") VALUES ($1, '2026-03-01T00:00:00Z', 9)
       ON CONFLICT ("experimentSlug") DO UPDATE SET "asOf" = EXCLUDED."asOf", "daysToGo" = EXCLUDED."daysToGo"`,
      [running.slug],
    );
    expect((await asked()).expectedEnd).toBeNull();
    await step("resume");
    expect(await asked()).toMatchObject({ expectedEnd: "2026-03-10T00:00:00.000Z", isPastEnd: false });
    const judge = `UPDATE "ExperimentHealth" SET "problems" = '{past_end}' WHERE "experimentSlug" = $1`;
    await database.pool.query(judge, [running.slug]);
    // Without a result nobody knows since when.
    expect(await asked()).toMatchObject({ isPastEnd: true, reachedAt: null });
    await step("pause");
    expect((await asked()).isPastEnd).toBe(false);
  });

  it.each([
    "2026-13-01T00:00:00.000Z",
    "2026-02-99T00:00:00Z",
    "2026-02-01T24:61:00Z",
    "2026-02-01T...Z",
    "2026-02-01T00:00:60Z",
  ])("leaves out a day such as %s that nobody can be shown, and shows the others", async (planted) => {
    await ran(planted, null, [`planted`]);
    const ended = await ran("2026-02-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z", ["planted"]);
    await database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{endedAt}', to_jsonb($2::text)) WHERE "slug" = $1`,
      [ended, planted],
    );
    const { entries } = await ask({ tag: "planted" });
    expect(entries.find(({ slug }) => slug === ended)?.endedAt).toBeNull();
    for (const { startedAt } of entries) expect(new Date(startedAt ?? "").getTime()).not.toBeNaN();
  });

  it("is filtered as the list is, and says by what", async () => {
    const slug = await ran("2026-03-01T00:00:00.000Z", null, ["pricing"]);
    const found = await ask({ tag: "pricing" });
    expect(found.entries.map((entry) => entry.slug)).toEqual([slug]);
    expect(found.tags).toContain("pricing");
    expect(found.owners.map(({ id }) => id)).toContain(admin.userId);
    expect((await ask({ tag: "pricing", status: "concluded" })).entries).toEqual([]);
    expect((await ask({ tag: "pricing", search: slug })).total).toBe(1);
    expect((await ask({ tag: "pricing", ownerId: 1_999_999 })).total).toBe(0);
    expect((await ask({ tag: "pricing", unit: "team" })).total).toBe(0);
  });

  it("is for whoever may see experiments", async () => {
    await expect(ask({}, await someoneWith(fixture, "viewer"))).resolves.toBeDefined();
    await expect(ask({}, await someoneWith(fixture, null))).rejects.toThrow();
    await expect(ask({}, { userId: null })).rejects.toThrow();
  });

  it("shows 5,000 experiments a page at a time, and what was edited into nonsense not at all", async () => {
    await database.pool.query(
      `INSERT INTO "Feature" ("slug", "type", "metadata") SELECT 'many-' || n, 'EXPERIMENT', jsonb_build_object(
         'status', 'concluded', 'name', 'Many ' || n, 'tags', '["many"]'::jsonb, 'ownerId', $1::int,
         'startedAt', CASE WHEN n % 1000 = 0 THEN 'yesterday' ELSE to_char('2026-01-01'::timestamp + n * interval '30 minutes', 'YYYY-MM-DD"T"HH24:MI:SS".000Z"') END,
         'endedAt', '2026-06-20T00:00:00.000Z')
       FROM generate_series(1, 5000) AS n`,
      [admin.userId],
    );
    const started = performance.now();
    const first = await ask({ tag: "many" });
    const took = performance.now() - started;
    expect([first.entries.length, first.total]).toEqual([CALENDAR_PAGE, 4_995]);
    const second = await ask({ tag: "many", page: 2 });
    expect(new Set([...first.entries, ...second.entries].map(({ slug }) => slug)).size).toBe(
      2 * CALENDAR_PAGE,
    );
    expect(took).toBeLessThan(10_000);
  });
});

it("shows, where no month is asked for, those around now that have something to show", async () => {
  const { connectionString: other } = await testDatabase();
  const fresh = await createFixture(other);
  const now = new Date();
  const current = monthOf(now);
  const shown = async (months?: number) => {
    const { from, until } = await fresh.module.admin.calendar.list(fresh.admin, { page: 1, months });
    return [monthOf(new Date(from)), monthOf(new Date(until))];
  };
  expect(await shown()).toEqual([current, addMonths(current, 2)]);
  const { slug } = await aRunningExperiment(fresh);
  await fresh.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{startedAt}', to_jsonb($2::text)) WHERE "slug" = $1`,
    [slug, startOfMonth(current, -3).toISOString()],
  );
  expect(await shown()).toEqual([addMonths(current, -3), addMonths(current, 1)]);
  const schedule = { startAt: startOfMonth(current, 1).toISOString(), stopAt: null };
  await fresh.module.admin.editing.create(fresh.admin, anInput({ schedule }));
  expect(await shown()).toEqual([addMonths(current, -3), addMonths(current, 2)]);
  expect(await shown(12)).toEqual([addMonths(current, -10), addMonths(current, 2)]);
  await fresh.close();
});
