import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { anInput, createFixture, type Fixture } from "../../testing/database-fixtures";
import { writePrecedent } from "../../testing/precedent";
import { DEFAULT_PLAN } from "../../types/analysis";
import { type ExperimentInput, planQuestionSchema } from "../../types/input";
import type { Unit } from "../../types/settings";

const { connectionString } = await testDatabase();
const WINDOW_DAYS = 3;
const UNITS = ["visitor", "user", "team"] as const;
const metrics = new MetricRegistry();
metrics.register([
  defineMetric({
    key: "clicks",
    name: "Clicks",
    kind: "mean",
    source: { events: ["clicked"] },
  }),
  defineMetric({
    key: "clicking",
    name: "Clicking",
    kind: "conversion",
    source: { events: ["clicked"] },
    minimumEffect: 0.6,
  }),
]);
const primary = (key: string) => ({ primary: key, secondary: [], guardrails: [] });

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics });
});
afterAll(() => fixture.close());

const settings = (changes: Partial<ExperimentInput> = {}) =>
  anInput({ conversionWindowDays: WINDOW_DAYS, ...changes });

async function start(slug: string, plannedSubjects?: number, on = fixture, withoutMetric?: string) {
  const { version } = await on.module.admin.catalog.get(on.admin, slug);
  return on.module.admin.lifecycle.updateStatus(on.admin, {
    slug,
    version,
    action: "start",
    plannedSubjects,
    withoutMetric,
  });
}

async function draft(changes: Partial<ExperimentInput> = {}, on = fixture) {
  return (await on.module.admin.editing.create(on.admin, settings(changes))).slug;
}

async function promised(slug: string, on = fixture) {
  const { config } = await on.module.admin.catalog.get(on.admin, slug);
  const { frozen } = await on.module.admin.planning.forecast(on.admin, planQuestionSchema.parse(config));
  const { checks } = await on.module.admin.planning.startChecklist(on.admin, slug);
  const shown = checks.find((check) => check.id === "plan");
  expect(shown?.plan).toEqual(frozen);
  return frozen;
}

describe("without a past", () => {
  it.each(UNITS)("the start of an experiment for %ss freezes the default that was said", async (unit) => {
    const slug = await draft({ unit });
    expect(await promised(slug)).toMatchObject({ subjects: DEFAULT_PLAN[unit], source: "default" });
    const { config } = await start(slug);
    expect(config).toMatchObject({ analysis: { plannedSubjects: DEFAULT_PLAN[unit] }, plannedBy: "default" });
  });
});

describe("where an experiment ran before", () => {
  beforeAll(async () => {
    for (const unit of UNITS) {
      const slug = await draft({ unit });
      await start(slug);
      // In four weeks, less the window, 16 a day are 400.
      await writePrecedent(fixture.database.pool, slug, { unit, days: 28, perDay: 16, rate: 0.3 });
    }
  });

  const cases = UNITS.flatMap((unit) =>
    (["sequential", "fixed"] as const).flatMap((mode) =>
      ["event:clicked", "clicks", "clicking"].map((metric) => [unit, mode, metric] as const),
    ),
  );

  it.each(cases)("what form and dialog say is what is frozen: %s, %s, %s", async (unit, mode, metric) => {
    const slug = await draft({
      unit,
      metrics: primary(metric),
      analysis: { mode, plannedSubjects: null, minimumRuntimeDays: 7 },
    });
    const frozen = await promised(slug);
    expect(frozen).toMatchObject(
      metric === "clicking" ? { source: "minimum_effect" } : { source: "weeks", subjects: 400, weeks: 4 },
    );
    expect(frozen.effect).toBeGreaterThan(0.1);
    const { config } = await start(slug);
    expect(config).toMatchObject({
      analysis: { plannedSubjects: frozen.subjects },
      plannedBy: frozen.source,
    });
    const { entries } = await fixture.module.admin.activity.list(fixture.admin, { slug });
    expect(entries[0]?.differences).toContainEqual({
      path: "analysis.plannedSubjects",
      before: null,
      after: frozen.subjects,
    });
  });

  it("the row of the plan finds what the plan finds, and the others what they find under it", async () => {
    const { reach, frozen } = await fixture.module.admin.planning.forecast(
      fixture.admin,
      planQuestionSchema.parse(settings({ unit: "visitor" })),
    );
    const row = reach.find(({ weeks }) => weeks === frozen.weeks);
    expect(row).toMatchObject({ subjects: frozen.subjects, effect: frozen.effect, ifPlanned: frozen.effect });
    const later = reach.find(({ weeks }) => weeks === 12);
    expect(later?.effect).toBeGreaterThan(later?.ifPlanned ?? 1);
  });

  it("a typed number stays, and the effect is said that it finds", async () => {
    const analysis = { mode: "sequential" as const, plannedSubjects: 900, minimumRuntimeDays: 7 };
    const slug = await draft({ unit: "visitor", analysis });
    const frozen = await promised(slug);
    expect(frozen).toMatchObject({ subjects: 900, source: "typed" });
    const { config } = await start(slug, 400);
    expect(config).toMatchObject({ analysis: { plannedSubjects: 900 }, plannedBy: "typed" });
  });

  it("the number that the dialog showed is frozen, though the forecast is another by now", async () => {
    const { config } = await start(await draft({ unit: "visitor" }), 384);
    expect(config).toMatchObject({ analysis: { plannedSubjects: 384 }, plannedBy: "typed" });
  });

  it("the schedule freezes the same as a hand", async () => {
    const slug = await draft({
      unit: "team",
      schedule: { startAt: new Date(Date.now() - 1_000).toISOString(), stopAt: null },
    });
    const frozen = await promised(slug);
    await fixture.module.schedule.runDue();
    const { status, config } = await fixture.module.admin.catalog.get(fixture.admin, slug);
    expect({ status, planned: config?.analysis.plannedSubjects }).toEqual({
      status: "running",
      planned: frozen.subjects,
    });
  });

  it("a duplicate has a forecast of its own, unless the number was typed", async () => {
    const slug = await draft({ unit: "visitor" });
    await start(slug);
    const copy = async (from: string, newSlug: string) =>
      fixture.module.admin.editing.duplicate(fixture.admin, { slug: from, newSlug, name: "Again" });
    expect((await copy(slug, `${slug}-copy`)).config).toMatchObject({
      analysis: { plannedSubjects: null },
      plannedBy: null,
    });
    expect((await start(`${slug}-copy`)).config?.analysis.plannedSubjects).toBe(400);
    const analysis = { mode: "fixed" as const, plannedSubjects: 900, minimumRuntimeDays: 7 };
    const typed = await draft({ unit: "visitor", analysis });
    await start(typed);
    expect((await copy(typed, `${typed}-copy`)).config?.analysis.plannedSubjects).toBe(900);
  });

  it("a flag that becomes an experiment is planned for like any other", async () => {
    const { pool } = fixture.database;
    await pool.query(
      `INSERT INTO "Feature" ("slug", "type", "enabled") VALUES ('old-flag', 'RELEASE', false)`,
    );
    const { version } = await fixture.module.admin.flagMigration.plan(fixture.admin, {
      slug: "old-flag",
      unit: "user",
    });
    const converted = await fixture.module.admin.flagMigration.convert(fixture.admin, {
      slug: "old-flag",
      unit: "user",
      version,
    });
    expect(converted.config?.analysis.plannedSubjects).toBeNull();
    const frozen = await promised("old-flag");
    // Two weeks of window, and no metric yet: what four weeks bring, without an effect.
    expect(frozen).toMatchObject({ source: "weeks", subjects: 14 * 16, effect: null });
    expect((await start("old-flag", undefined, fixture, "A rollout")).config?.analysis.plannedSubjects).toBe(
      frozen.subjects,
    );
  });

  it("pausing, turning off and on again change no plan", async () => {
    const slug = await draft({ unit: "visitor" });
    await start(slug);
    for (const action of ["pause", "turn_off", "turn_on"] as const) {
      const { version } = await fixture.module.admin.catalog.get(fixture.admin, slug);
      const { config } = await fixture.module.admin.lifecycle.updateStatus(fixture.admin, {
        slug,
        version,
        action,
      });
      expect(config?.analysis.plannedSubjects).toBe(400);
    }
  });

  it("a start does not wait for a forecast that cannot be made", async () => {
    const replica = fixture.database.pool;
    const broken = {
      connect: () => Promise.reject(new Error("The replica does not answer.")),
    } as unknown as typeof replica;
    const without = await createFixture(connectionString, {
      metrics,
      replica: { pool: broken, close: async () => {} },
    });
    const { config } = await start(await draft({ unit: "team" }, without), undefined, without);
    expect(config).toMatchObject({ analysis: { plannedSubjects: DEFAULT_PLAN.team }, plannedBy: "default" });
    await without.close();
  });
});

it("an experiment that started without a number, before starts froze one, keeps ten thousand", async () => {
  const unit: Unit = "visitor";
  const slug = await draft({ unit });
  await start(slug);
  await fixture.database.pool.query(
    `UPDATE "Feature" SET "metadata" = jsonb_set("metadata" - 'plannedBy', '{analysis,plannedSubjects}', 'null') WHERE "slug" = $1`,
    [slug],
  );
  const { result } = await fixture.module.results.refresh(fixture.admin, slug);
  expect(result?.plannedSubjects).toBe(10_000);
});

describe("a start without a metric", () => {
  it("is refused at the metrics, takes one along, and keeps a reason in the audit log and out of copies", async () => {
    const { admin } = fixture.module;
    const slug = await draft({ clientEvents: [] });
    await expect(start(slug)).rejects.toMatchObject({ code: "invalid_config", field: "metrics" });
    const { version } = await admin.catalog.get(fixture.admin, slug);
    const step = { slug, version, action: "start" } as const;
    const withoutMetric = "A rollout in steps";
    const started = await admin.lifecycle.updateStatus(fixture.admin, { ...step, withoutMetric });
    expect(started.config?.withoutMetric).toBe(withoutMetric);
    const { entries } = await admin.activity.list(fixture.admin, { slug });
    expect(entries[0]?.differences).toContainEqual({
      path: "withoutMetric",
      before: null,
      after: withoutMetric,
    });
    const copy = await admin.editing.duplicate(fixture.admin, { slug, newSlug: `${slug}-2`, name: "Again" });
    await expect(start(copy.slug)).rejects.toMatchObject({ field: "metrics" });
  });

  it("starts with the metric that is chosen along with it, under the plan that was shown for that one", async () => {
    const { admin } = fixture.module;
    const slug = await draft({
      clientEvents: ["clicked"],
      metrics: { primary: null, secondary: [], guardrails: ["event:clicked"] },
    });
    const { checks, choices } = await admin.planning.startChecklist(fixture.admin, slug);
    expect(checks[0]).toMatchObject({ id: "metric", state: "blocks" });
    expect(choices.map(({ key }) => key)).toContain("event:clicked");
    const shown = await admin.planning.startChecklist(fixture.admin, slug, "event:clicked");
    expect(shown.checks[0]).toMatchObject({ id: "metric", state: "ok", name: "clicked" });
    const { version } = await admin.catalog.get(fixture.admin, slug);
    const started = await admin.lifecycle.updateStatus(fixture.admin, {
      slug,
      version,
      action: "start",
      primaryMetric: "event:clicked",
    });
    expect(started.config?.metrics).toEqual({ primary: "event:clicked", secondary: [], guardrails: [] });
    expect(started.config?.registeredMetrics).toMatchObject([{ key: "event:clicked", role: "primary" }]);
  });
});
