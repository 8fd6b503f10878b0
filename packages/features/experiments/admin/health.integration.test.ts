import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { defineMetric } from "../metrics/define-metric";
import { MetricRegistry } from "../metrics/registry";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../testing/database-fixtures";
import { writeHistory } from "../testing/history";
import { aHistory } from "../testing/history-states";

const { connectionString } = await testDatabase();
const registry = new MetricRegistry();
registry.register([
  defineMetric({
    key: "faulty",
    name: "Faulty",
    kind: "conversion",
    source: { query: { user: `SELECT "nobody" AS subject, "createdAt" AS at FROM "EventType"` } },
  }),
]);
let fixture: Fixture;
let viewer: { userId: number };
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics: registry });
  viewer = { userId: await createUser(fixture.database) };
  await fixture.database.prisma.experimentMember.create({ data: { ...viewer, role: "VIEWER" } });
  await fixture.database.prisma.feature.create({ data: { slug: "a-flag", type: "RELEASE" } });
});
afterAll(() => fixture.close());
beforeEach(async () => {
  await fixture.database.pool.query(`DELETE FROM "Feature" WHERE "type" = 'EXPERIMENT'`);
  await fixture.database.pool.query(
    `INSERT INTO "ExperimentAsk" ("experimentSlug", "build", "asked", "firstAskedAt", "lastAskedAt")
     VALUES ('a-flag', 'a build', 1, now(), now()) ON CONFLICT DO NOTHING`,
  );
});

const NOTHING = { experiments: 0, problems: {} };
const list = (query = {}) => fixture.module.admin.catalog.list(viewer, query);
const judge = (slug: string) => fixture.module.recounts.recount(slug, { isPatient: true });

async function change(slug: string, path: string, value: unknown) {
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", $2, $3) WHERE "slug" = $1`,
    [slug, path, JSON.stringify(value)],
  );
}

async function startedHoursAgo(hours: number): Promise<string> {
  const { slug } = await aRunningExperiment(fixture);
  await change(slug, "{startedAt}", new Date(Date.now() - hours * 3_600_000).toISOString());
  return slug;
}

describe("the list", () => {
  it("says what needs somebody as the background has found it, counts it, and finds those alone", async () => {
    const forgotten = await startedHoursAgo(2);
    const fresh = await startedHoursAgo(0);
    expect((await list()).items.map(({ health }) => health)).toEqual([null, null]);
    await judge(forgotten);
    await judge(fresh);

    const all = await list();
    expect(all.items.find(({ slug }) => slug === forgotten)?.health).toMatchObject({
      verdict: "too_early",
      problems: ["never_asked"],
      lastExposedOn: null,
    });
    expect(all.items.find(({ slug }) => slug === fresh)?.health?.problems).toEqual([]);
    const found = await list({ needsAttention: true });
    expect(found.items.map(({ slug }) => slug)).toEqual([forgotten]);
    expect(found).toMatchObject({ total: 1, overall: 2 });
    expect((await list({ problem: "never_asked" })).items.map(({ slug }) => slug)).toEqual([forgotten]);
    expect((await list({ problem: "split_off" })).items).toEqual([]);
    // Of all, whatever is asked for.
    for (const page of [all, found, await list({ search: "nothing" })])
      expect(page.attention).toEqual({ experiments: 1, problems: { never_asked: 1 } });
  });

  it("misses no code where no build is known to ask, as with a developer's server", async () => {
    await fixture.database.pool.query(`DELETE FROM "ExperimentAsk"`);
    await judge(await startedHoursAgo(2));
    expect((await list()).attention).toEqual(NOTHING);
  });

  it("forgets missing code with the pause, before anything is counted again", async () => {
    const slug = await startedHoursAgo(2);
    await judge(slug);
    const step = async (action: "pause" | "resume") => {
      const { version } = await fixture.module.admin.catalog.get(viewer, slug);
      await fixture.module.admin.lifecycle.updateStatus(fixture.admin, { slug, version, action });
    };
    await step("pause");
    expect(await list()).toMatchObject({
      attention: NOTHING,
      items: [{ health: { problems: [], daysToGo: null, unitsToGo: null } }],
    });
    await step("resume");
    expect((await list()).attention.experiments).toBe(1);
  });

  it("needs nobody once it is over, whatever was judged of it", async () => {
    const slug = await startedHoursAgo(2);
    const { version } = await fixture.module.admin.catalog.get(viewer, slug);
    await fixture.module.admin.lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: null });
    await judge(slug);
    await fixture.database.pool.query(`UPDATE "ExperimentHealth" SET "problems" = '{split_off}'`);
    expect(await list()).toMatchObject({ attention: NOTHING, items: [{ health: { problems: [] } }] });
    expect((await list({ needsAttention: true })).items).toEqual([]);
  });

  it("says so once code has asked", async () => {
    const slug = await startedHoursAgo(2);
    await judge(slug);
    await fixture.database.pool.query(
      `INSERT INTO "ExperimentAsk" ("experimentSlug", "build", "asked", "firstAskedAt", "lastAskedAt")
       VALUES ($1, 'a build', 1, now(), now())`,
      [slug],
    );
    await judge(slug);
    expect((await list()).attention.experiments).toBe(0);
  });

  it("says that a metric cannot be computed, and which", async () => {
    const slug = await startedHoursAgo(0);
    await judge(slug);
    await change(slug, "{metrics,primary}", "faulty");
    for (let time = 0; time < 2; time++) await judge(slug);
    expect(await list({ needsAttention: true })).toMatchObject({
      items: [{ slug, health: { problems: ["metric_broken"], broken: ["Faulty"] } }],
    });
    await change(slug, "{metrics,primary}", null);
    await judge(slug);
    expect((await list()).attention.experiments).toBe(0);
    await change(slug, "{metrics,primary}", "gone");
    await judge(slug);
    expect((await list()).items[0]?.health).toMatchObject({ problems: ["metric_broken"], broken: ["gone"] });
  });

  it("says that settings cannot be read", async () => {
    const slug = await startedHoursAgo(0);
    await change(slug, "{variants}", "none");
    expect(await judge(slug)).toBeNull();
    expect(await list({ needsAttention: true })).toMatchObject({
      items: [{ slug, health: { verdict: null, problems: ["damaged"] } }],
      attention: { problems: { damaged: 1 } },
    });
  });

  it("tells what is better and by how much, from the result that was judged and from no other", async () => {
    await writeHistory(fixture.database.pool, aHistory("three-variants", "improved"));
    const result = (await judge("improved")) ?? expect.fail();
    const { verdict, metrics } = result.analysis ?? expect.fail();
    if (verdict.code !== "better") return expect.fail(verdict.code);
    const [led] = verdict.effects;
    const compared = metrics
      .find(({ metric }) => metric.id === led?.metric)
      ?.comparisons.find(({ variant }) => variant === led?.variant);
    const effect = {
      variant: led?.variant,
      lift: compared?.status === "compared" ? compared.lift.value : expect.fail(),
      low: led?.low,
      high: led?.high,
      others: verdict.effects.length - 1,
    };
    expect((await list()).items[0]).toMatchObject({ health: { verdict: "better" }, effect });
    expect((await fixture.module.admin.catalog.get(viewer, "improved")).effect).toEqual(effect);
    await fixture.database.pool.query(`UPDATE "ExperimentHealth" SET "verdict" = 'withheld'`);
    expect((await list()).items[0]?.effect).toBeNull();
  });

  it("tells the calendar by which day all that was planned had come", async () => {
    await writeHistory(fixture.database.pool, aHistory("three-variants", "overdue"));
    await judge("overdue");
    const plan = `UPDATE "ExperimentResult" SET "result" = jsonb_set("result", '{plannedSubjects}', '1')`;
    await fixture.database.pool.query(plan);
    await fixture.database.pool.query(`UPDATE "ExperimentHealth" SET "problems" = '{past_end}'`);
    const { entries } = await fixture.module.admin.calendar.list(viewer, { page: 1 });
    const [entry = expect.fail()] = entries;
    expect(entry.isPastEnd).toBe(true);
    const [found] = await fixture.module.admin.catalog.find(viewer, "overdue");
    expect(found?.isOverdue).toBe(true);
    expect(Date.parse(entry.reachedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(entry.startedAt ?? ""));
    expect(Date.parse(entry.reachedAt ?? "")).toBeLessThan(Date.now());
  });

  it("tells no verdict that is withheld, and the same on the page of the experiment", async () => {
    await writeHistory(fixture.database.pool, aHistory("before-end", "waiting"));
    await judge("waiting");
    const { health } = (await list()).items[0] ?? expect.fail();
    expect(health).toMatchObject({ verdict: "withheld", harmed: [] });
    expect((await fixture.module.admin.catalog.get(viewer, "waiting")).health).toEqual(health);
  });
});
