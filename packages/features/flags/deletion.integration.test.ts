import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import type pg from "pg";
import { afterAll, expect, test, vi } from "vitest";
import { FlagsRepository } from "./flags.repository";

const database = createDatabase(await testDatabase());
const { pool, prisma } = database;
afterAll(() => database.close());

const repository = new FlagsRepository(database);
const PEOPLE = 45_000;
const TIMEOUT_MS = 120_000;

/** A flag that is set for so many people. */
async function aFlag(slug: string, people: number): Promise<void> {
  await prisma.feature.create({ data: { slug, enabled: true } });
  await pool.query({
    text: `WITH person AS (
       INSERT INTO "User" ("email", "name", "passwordHash")
       SELECT $1 || n || '@test.example', 'Uma', '-' FROM generate_series(1, $2::int) AS n RETURNING "id"
     )
     INSERT INTO "UserFeatures" ("userId", "featureId", "enabled") SELECT "id", $1, true FROM person`,
    values: [slug, people],
    query_timeout: TIMEOUT_MS,
  } as pg.QueryConfig);
}

const countOverrides = (slug: string) => prisma.userFeatures.count({ where: { featureId: slug } });

/** How many rows each statement that deletes has deleted. */
async function rowsOfDeletions(run: () => Promise<unknown>): Promise<number[]> {
  const rows: number[] = [];
  const client = await pool.connect();
  const prototype = Object.getPrototypeOf(client);
  client.release();
  const query = prototype.query as (this: unknown, ...args: unknown[]) => Promise<pg.QueryResult>;
  const spy = vi.spyOn(prototype, "query").mockImplementation(async function (
    this: unknown,
    ...args: unknown[]
  ) {
    const result = await query.apply(this, args);
    if (result?.command === "DELETE") rows.push(result.rowCount ?? 0);
    return result;
  });
  await run().finally(() => spy.mockRestore());
  return rows;
}

test(
  "a flag that is set for more people than one statement has the time for is deleted whole, and nothing else is",
  async () => {
    await aFlag("many", PEOPLE);
    await aFlag("beside", 1);
    const rows = await rowsOfDeletions(async () =>
      expect(await repository.delete(1, "many")).toEqual({ overrides: PEOPLE }),
    );
    expect(Math.max(...rows)).toBeLessThanOrEqual(PEOPLE / 2);
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(PEOPLE + 1);
    expect(await prisma.feature.count({ where: { slug: "many" } })).toBe(0);
    expect([await countOverrides("many"), await countOverrides("beside")]).toEqual([0, 1]);
  },
  TIMEOUT_MS,
);

test("a flag whose deletion breaks has all of its settings still", async () => {
  await aFlag("kept", 3);
  await pool.query(
    `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'on purpose'; END $$;
     CREATE TRIGGER refused BEFORE DELETE ON "Feature" FOR EACH ROW EXECUTE FUNCTION refuse()`,
  );
  await expect(repository.delete(1, "kept")).rejects.toThrow();
  await pool.query(`DROP TRIGGER refused ON "Feature"; DROP FUNCTION refuse()`);
  expect(await countOverrides("kept")).toBe(3);
  expect(await repository.delete(1, "kept")).toEqual({ overrides: 3 });
});

test("an experiment, and what is not there, is deleted by nobody here", async () => {
  await prisma.feature.create({
    data: { slug: "experiment", type: "EXPERIMENT", metadata: { status: "draft" } },
  });
  expect(await repository.delete(1, "experiment")).toBeNull();
  expect(await repository.delete(1, "nowhere")).toBeNull();
  expect(await prisma.feature.count({ where: { slug: "experiment" } })).toBe(1);
});
