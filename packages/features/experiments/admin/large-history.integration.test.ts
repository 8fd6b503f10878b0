import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, describe, expect, it } from "vitest";
import { FEW } from "../results/recount/few-rows-sql";
import { STATEMENT_TIMEOUT_MS } from "../sql/runner";
import { listAdminDoors } from "../testing/admin-doors";
import { anIdentity, anInput, createFixture, createUser } from "../testing/database-fixtures";
import { runPatiently } from "../testing/fill-experiment";
import { aLargeExperiment, LARGE, LARGE_CONVERSIONS } from "../testing/large-experiment";
import { type WatchedStatement, watchStatements } from "../testing/watch-statements";

// With LARGE_EXPERIMENT_ROWS=1500000 each call is timed instead, over as many rows.
const IS_MEASURED = LARGE > 100_000;
const HOUR = 3_600_000;
/** Whom a flag can have selected, in a product of that size. */
const PEOPLE = 200_000;

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { module, admin: actor } = fixture;
const { admin, results } = module;
const { pool, prisma } = fixture.database;
afterAll(() => fixture.close());

let present: { slug: string; version: number } | null = null;

/** The large one, made anew where a call has ended or destroyed it. */
async function aRunningLarge() {
  const found =
    present === null
      ? null
      : await prisma.feature.findUnique({ where: { slug: present.slug, enabled: true } });
  present = found ?? (await aLargeExperiment(fixture));
  return { slug: present.slug, version: present.version };
}

let flags = 0;

/** A flag that is on for as many people. */
async function aLargeFlag() {
  const slug = `flag-${++flags}`;
  await prisma.feature.create({ data: { slug } });
  await runPatiently(
    pool,
    `WITH person AS (
       INSERT INTO "User" ("email", "name", "passwordHash")
       SELECT $1 || n || '@test.example', 'Uma', '-' FROM generate_series(1, $2::int) AS n RETURNING "id"
     )
     INSERT INTO "UserFeatures" ("userId", "featureId", "enabled") SELECT "id", $1, true FROM person`,
    slug,
    Math.min(LARGE, PEOPLE),
  );
  return slug;
}

const doors = listAdminDoors(fixture, { experiment: aRunningLarge, flag: aLargeFlag });

const shares = (...names: string[]) => names.map((name) => ({ name, percentage: 100 / names.length }));

/** What else one can do with an experiment, beside one call for each method. */
const commands: Record<string, () => Promise<unknown>> = {
  ...Object.fromEntries(Object.entries(doors).map(([name, [, call]]) => [name, () => call(actor)])),
  "audience.tryOut": () => admin.audience.tryOut(actor, { input: anInput(), subjectId: actor.userId }),
  "the list by subjects": () => admin.catalog.list(actor, { sort: "subjects" }),
  "new shares": async () =>
    admin.editing.updateConfig(actor, {
      ...(await aRunningLarge()),
      patch: {
        variants: [
          { name: "control", percentage: 80 },
          { name: "urgent", percentage: 20 },
        ],
      },
    }),
  "another variant, and its removal": async () => {
    const { slug, version } = await aRunningLarge();
    const more = await admin.editing.updateConfig(actor, {
      slug,
      version,
      patch: { variants: [...shares("control", "urgent"), { name: "calm", percentage: 0 }] },
    });
    return admin.editing.updateConfig(actor, { ...more, patch: { variants: shares("control", "urgent") } });
  },
  "turning it off and on, concluding and archiving it": async () => {
    const { slug, version } = await aRunningLarge();
    const off = await admin.lifecycle.updateStatus(actor, { slug, version, action: "turn_off" });
    const on = await admin.lifecycle.updateStatus(actor, { ...off, action: "turn_on" });
    const over = await admin.lifecycle.conclude(actor, { ...on, winnerVariant: "urgent" });
    return admin.lifecycle.updateStatus(actor, { ...over, action: "archive" });
  },
  "a deletion that is refused": async () => {
    const { slug, version } = await aRunningLarge();
    await expect(admin.lifecycle.delete(actor, { slug, version })).rejects.toMatchObject({
      code: "has_data",
      details: { assignments: LARGE, conversions: LARGE_CONVERSIONS },
    });
  },
  "the start of another": async () => {
    const draft = await admin.editing.create(actor, anInput({ unit: "visitor" }));
    return admin.lifecycle.updateStatus(actor, { ...draft, action: "start" });
  },
  "its results": async () => results.get(actor, (await aRunningLarge()).slug),
  "an early look": async () => results.lookEarly(actor, (await aRunningLarge()).slug),
  "a recount": async () => results.refresh(actor, (await aRunningLarge()).slug),
  "a preview of its end": async () => results.previewEnd(actor, (await aRunningLarge()).slug),
  "its export": async () => results.exportCsv(actor, (await aRunningLarge()).slug),
  "the schedule": () => module.schedule.runDue(),
};

describe("over an experiment with nearly all rows there are", () => {
  it.each(Object.entries(commands))(
    "%s works, and what grows with it has time, and an end",
    async (name, run) => {
      await aRunningLarge();
      if (IS_MEASURED) return measure(name, run);
      const statements = await watchStatements(pool, run);
      expect(statements.length).toBeGreaterThan(0);
      expect(statements.filter(({ rows }) => rows >= LARGE / 2).filter(lacksTime)).toEqual([]);
    },
    IS_MEASURED ? HOUR : undefined,
  );
});

describe("the list", () => {
  const COLUMN = `ALTER TABLE "ExperimentVariant" ALTER COLUMN "experimentSlug"`;

  it.each(["changed", "subjects"] as const)(
    "by %s counts few rows of each experiment, whatever the planner believes of them",
    async (sort) => {
      await aRunningLarge();
      // As after a day on which one experiment had all the traffic: every slug seems to have all rows.
      await pool.query(`${COLUMN} SET (n_distinct = 1)`);
      await runPatiently(pool, `ANALYZE "ExperimentVariant"`);
      const statements = await watchStatements(pool, () => admin.catalog.list(actor, { sort }));
      await pool.query(`${COLUMN} RESET (n_distinct)`);
      const experiments = await prisma.feature.count();
      // To show it, to sort by it, and those of the last day.
      expect(Math.max(...statements.map(({ rows }) => rows))).toBeLessThanOrEqual(
        3 * experiments * (FEW + 1),
      );
    },
    IS_MEASURED ? HOUR : undefined,
  );
});

/** A page's limit is too short for it, or Postgres would go on when nobody waits any more. */
function lacksTime({ limitMs, serverLimitMs }: WatchedStatement): boolean {
  return limitMs <= STATEMENT_TIMEOUT_MS || serverLimitMs === 0 || serverLimitMs > limitMs;
}

async function measure(name: string, run: () => Promise<unknown>): Promise<void> {
  const started = performance.now();
  await run();
  process.stdout.write(`${name}: ${Math.round(performance.now() - started)} ms\n`);
}

describe("the deletion of a large experiment", () => {
  const timeout = IS_MEASURED ? HOUR : undefined;

  it(
    "says how much it destroys, before and after, and destroys nothing else",
    async () => {
      const { slug, version } = await aLargeExperiment(fixture);
      const others = () => prisma.experimentVariant.count({ where: { experimentSlug: { not: slug } } });
      const before = await others();
      const { deleted } = await admin.lifecycle.delete(actor, { slug, version, confirmSlug: slug });
      expect(deleted).toEqual({ assignments: LARGE, conversions: LARGE_CONVERSIONS });
      expect(await prisma.experimentVariant.count({ where: { experimentSlug: slug } })).toBe(0);
      expect(await prisma.experimentConversion.count({ where: { experimentSlug: slug } })).toBe(0);
      expect(await prisma.experimentEpoch.count({ where: { experimentSlug: slug } })).toBe(0);
      expect(await others()).toBe(before);
    },
    timeout,
  );

  it(
    "holds up nobody: its subjects convert in other experiments meanwhile",
    async () => {
      const large = await aLargeExperiment(fixture, { unit: "user" });
      const other = await admin.editing.create(actor, anInput());
      await admin.lifecycle.updateStatus(actor, { ...other, action: "start" });
      const userId = await createUser(fixture.database);
      const asked = [{ slug: large.slug }, { slug: other.slug }];
      await module.experiments.decide(anIdentity({ userId }), asked);
      // Somebody holds a row, so that the deletion is under way until they let go of it.
      const holder = await pool.connect();
      try {
        await holder.query("BEGIN");
        await holder.query(
          `SELECT "id" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "visitorId" IS NOT NULL LIMIT 1 FOR UPDATE`,
          [large.slug],
        );
        const deletion = admin.lifecycle.delete(actor, { ...large, confirmSlug: large.slug });
        await expect.poll(countWaiting, { timeout: 20_000 }).toBe(1);
        const subject = { userId };
        expect(await module.experiments.trackConversion({ event: "clicked" }, { subject })).toEqual({
          recorded: 1,
        });
        await holder.query("COMMIT");
        expect((await deletion).deleted.assignments).toBe(LARGE + 1);
      } finally {
        holder.release();
      }
    },
    timeout,
  );

  it(
    "concludes it first where people take part, in the name of who deletes it",
    async () => {
      const { slug, version } = await aLargeExperiment(fixture);
      await admin.lifecycle.delete(actor, { slug, version, confirmSlug: slug });
      const [deleted, concluded] = (await admin.activity.list(actor, { slug })).entries;
      expect(deleted).toMatchObject({ action: "DELETE", actor: { id: actor.userId } });
      expect(concluded).toMatchObject({ action: "UPDATE", actor: { id: actor.userId } });
      expect(concluded?.differences).toContainEqual({
        path: "status",
        before: "running",
        after: "concluded",
      });
    },
    timeout,
  );
});

async function countWaiting(): Promise<number> {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
  );
  return rows[0].count;
}
