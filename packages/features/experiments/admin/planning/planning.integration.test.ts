import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { RecountRepository } from "../../results/recount/recount.repository";
import { anInput, createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import { writeHistory } from "../../testing/history";
import { aHistory } from "../../testing/history-states";
import { planQuestionSchema } from "../../types/input";

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

const question = (changes: Parameters<typeof anInput>[0] = {}) => planQuestionSchema.parse(anInput(changes));
const ofVisitors = { unit: "visitor" as const, clientEvents: ["signed-up"] };

describe("a forecast", () => {
  it("says what is missing where nothing was measured, or nothing has run", async () => {
    const { admin } = fixture.module;
    expect((await admin.planning.forecast(fixture.admin, question({ clientEvents: [] }))).missing).toBe(
      "metric",
    );
    expect(await admin.planning.forecast(fixture.admin, question(ofVisitors))).toMatchObject({
      missing: "arrivals",
      matching: null,
      reach: [],
    });
  });

  it("counts on the traffic and on the rate of the busiest experiment of the last weeks", async () => {
    await writeHistory(fixture.database.pool, aHistory("unclear", "quiet"));
    await writeHistory(fixture.database.pool, aHistory("three-variants", "busy"));
    const { admin } = fixture.module;
    const forecast = await admin.planning.forecast(fixture.admin, question(ofVisitors));
    const { rows } = await fixture.database.pool.query<{ n: number; rate: number }>(
      `SELECT count(*)::int AS n FROM "ExperimentVariant" WHERE "experimentSlug" = 'busy'
         AND "exposedAt" >= date_trunc('day', now(), 'UTC') - interval '7 days' AND "exposedAt" < date_trunc('day', now(), 'UTC')`,
    );
    expect(forecast).toMatchObject({ missing: null, precedent: { slug: "busy" }, perWeek: rows[0]?.n });
    // 21 % of control, 28 % and 19 % of the others, in equal parts.
    expect(forecast.baseline?.value).toBeGreaterThan(0.19);
    expect(forecast.baseline?.value).toBeLessThan(0.26);
    const effects = forecast.reach.map(({ effect }) => effect ?? Number.POSITIVE_INFINITY);
    expect(effects).toEqual(effects.toSorted((a, b) => b - a));
    const half = await admin.planning.forecast(
      fixture.admin,
      question({ ...ofVisitors, trafficPercentage: 50 }),
    );
    expect(half.perWeek).toBeCloseTo((forecast.perWeek ?? 0) / 2, 6);
    expect(half.reach[2]?.effect).toBeGreaterThan(forecast.reach[2]?.effect ?? 1);
  });

  it("samples people over the time in which they came, whatever time somebody has planted", async () => {
    const { pool } = fixture.database;
    const recounts = new RecountRepository(pool);
    const sample = () =>
      recounts.readOutcomesOfSample({ unit: "visitor", metrics: [] }, () => ["busy", 24, null, null], {
        most: 800,
        limitMs: 10_000,
      });
    const before = await sample();
    await pool.query(
      `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch", "exposedAt")
       SELECT 'busy', 'control', gen_random_uuid(), 'DETERMINISTIC', 1, at
       FROM unnest('{-infinity,0001-01-01,infinity}'::timestamptz[]) AS at`,
    );
    expect((await sample()).length).toBeGreaterThan(before.length / 2);
    await pool.query(
      `DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = 'busy' AND ("exposedAt" < '1970-01-01' OR "exposedAt" = 'infinity')`,
    );
  });

  it("waits for the windows of the subjects that it counts", async () => {
    const { admin } = fixture.module;
    const ask = (conversionWindowDays: number) =>
      admin.planning.forecast(fixture.admin, question({ ...ofVisitors, conversionWindowDays }));
    const [day, fortnight] = [await ask(1), await ask(15)];
    expect(fortnight).toMatchObject({ windowDays: 15, perWeek: day.perWeek });
    // Two weeks later are as many there, and nobody after the first two.
    const of = ({ reach }: typeof day, weeks: number) => reach.find((row) => row.weeks === weeks);
    expect(of(fortnight, 4)?.subjects).toBe(of(day, 2)?.subjects);
    expect(of(fortnight, 4)?.ifPlanned).toBe(of(day, 2)?.ifPlanned);
    expect(of(fortnight, 2)).toEqual({ weeks: 2, subjects: 0, effect: null, ifPlanned: null });
  });

  it("thins nobody twice by the rules that the precedent had already", async () => {
    const targetingRules = { userAttributes: { region: "north" } };
    const { settings, ...history } = aHistory("unclear", "northern");
    await writeHistory(fixture.database.pool, {
      ...history,
      settings: { ...settings, unit: "user", targetingRules },
    });
    // Of all users, who are the subjects and the admin, a half or so.
    await fixture.database.pool.query(
      `UPDATE "User" SET "attributes" = '{"region": "north"}' WHERE "id" % 2 = 0`,
    );
    const { admin } = fixture.module;
    const asked = (rules: typeof targetingRules | Record<string, never>) =>
      admin.planning.forecast(
        fixture.admin,
        question({ clientEvents: ["signed-up"], targetingRules: rules }),
      );
    const [same, everybody] = [await asked(targetingRules), await asked({})];
    const { rows } = await fixture.database.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM "ExperimentVariant" WHERE "experimentSlug" = 'northern'
         AND "exposedAt" >= date_trunc('day', now(), 'UTC') - interval '7 days' AND "exposedAt" < date_trunc('day', now(), 'UTC')`,
    );
    expect(same).toMatchObject({ precedent: { slug: "northern" }, perWeek: rows[0]?.n });
    const { matching, total } = same.matching ?? { matching: 0, total: 0 };
    expect(matching).toBeLessThan(total);
    expect(everybody.perWeek).toBeCloseTo(((rows[0]?.n ?? 0) * total) / matching, 3);
  });

  it("needs a baseline for what nobody has done yet", async () => {
    const forecast = await fixture.module.admin.planning.forecast(
      fixture.admin,
      question({ unit: "visitor", clientEvents: ["never-happened"] }),
    );
    expect(forecast).toMatchObject({ missing: "baseline", baseline: null });
    expect(forecast.perWeek).toBeGreaterThan(0);
  });
});

describe("the checklist of a start", () => {
  it("warns of an audience of nobody, and the start goes on all the same", async () => {
    const { admin } = fixture.module;
    const { slug, version } = await admin.editing.create(
      fixture.admin,
      anInput({ clientEvents: [], targetingRules: { plans: ["organization"] } }),
    );
    await createUser(fixture.database);
    const { checks } = await admin.planning.startChecklist(fixture.admin, slug);
    const beside = ["previews", "overlap"];
    expect(checks.filter(({ id }) => !beside.includes(id))).toMatchObject([
      { id: "metric", state: "blocks", name: null },
      { id: "split", state: "ok" },
      { id: "audience", state: "warning", matching: 0 },
      { id: "plan", state: "info", plan: { source: "default" } },
      { id: "code", state: "warning", lastAsk: null },
    ]);
    const withoutMetric = "Nobody is here yet.";
    await admin.lifecycle.updateStatus(fixture.admin, { slug, version, action: "start", withoutMetric });
  });

  it("foretells what the plan will find, and when", async () => {
    const { slug } = await fixture.module.admin.editing.create(fixture.admin, anInput(ofVisitors));
    const { checks, precedent } = await fixture.module.admin.planning.startChecklist(fixture.admin, slug);
    expect(precedent?.slug).toBe("busy");
    expect(checks.find(({ id }) => id === "length")).toMatchObject({
      state: "ok",
      foretold: { kind: "planned", weeks: 4, effect: expect.any(Number) },
    });
  });

  it("names a metric that no code defines, which saving and starting refuse at its field", async () => {
    const { admin } = fixture.module;
    const metrics = { primary: "no-such-metric", secondary: [], guardrails: [] };
    const refused = {
      code: "invalid_config",
      field: "metrics",
      message: expect.stringContaining("no-such-metric"),
    };
    await expect(admin.editing.create(fixture.admin, anInput({ metrics }))).rejects.toMatchObject(refused);
    const { slug, version } = await admin.editing.create(fixture.admin, anInput());
    await expect(
      admin.editing.updateConfig(fixture.admin, { slug, version, patch: { metrics } }),
    ).rejects.toMatchObject(refused);
    // It was defined when the draft was saved, and is gone from the code since.
    await fixture.database.pool.query(
      `UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{metrics}', $2::jsonb) WHERE "slug" = $1`,
      [slug, JSON.stringify(metrics)],
    );
    const { checks } = await admin.planning.startChecklist(fixture.admin, slug);
    expect(checks[0]).toEqual({ id: "unknown_metrics", state: "blocks", keys: ["no-such-metric"] });
    const { version: now } = await admin.catalog.get(fixture.admin, slug);
    await expect(
      admin.lifecycle.updateStatus(fixture.admin, { slug, version: now, action: "start" }),
    ).rejects.toMatchObject(refused);
  });
});

describe("what the verdict rests on", () => {
  it.each([{ conversionWindowDays: 3 }, { clientEvents: ["other", "signed-up"] }])(
    "is fixed once people are counted: %o is refused at its field",
    async (patch) => {
      const { admin } = fixture.module;
      const draft = await admin.editing.create(fixture.admin, anInput(ofVisitors));
      const { slug } = draft;
      const { version } = await admin.lifecycle.updateStatus(fixture.admin, { ...draft, action: "start" });
      await expect(admin.editing.updateConfig(fixture.admin, { slug, version, patch })).rejects.toMatchObject(
        {
          code: "locked_field",
          field: Object.keys(patch)[0],
        },
      );
      // Another event beside it changes nothing of what was asked.
      const added = { clientEvents: ["signed-up", "other"] };
      expect((await admin.editing.updateConfig(fixture.admin, { slug, version, patch: added })).version).toBe(
        version + 1,
      );
    },
  );
});
