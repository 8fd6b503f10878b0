import { hasPgbouncer, startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase, type Database } from "@calcom/prisma";
import { afterEach, describe, expect, test, vi } from "vitest";
import { executeOften, queryRowsNow, queryRowsOften } from "./named-statements";
import { inTransaction, type Pool } from "./runner";

const { connectionString } = await testDatabase();
const opened: Database[] = [];
afterEach(() => Promise.all(opened.splice(0).map((database) => database.close())));

function aPool(url = connectionString, max = 1): Pool {
  const database = createDatabase({ connectionString: url, max });
  opened.push(database);
  return database.pool;
}

const SQUARE = "SELECT $1::int * $1::int AS squared";
const square = async (pool: Pool, of: number) =>
  (await queryRowsOften<{ squared: number }>(pool, SQUARE, [of]))[0]?.squared;

/** What the one session of a pool keeps. */
async function namesIn(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    "SELECT name FROM pg_prepared_statements ORDER BY name",
  );
  return rows.map(({ name }) => name);
}

/** From the second statement on at the latest. */
async function aNamingPool(): Promise<Pool> {
  const pool = aPool();
  await vi.waitFor(
    async () => {
      expect(await square(pool, 3)).toBe(9);
      expect(await namesIn(pool)).toHaveLength(1);
    },
    { timeout: 20_000 },
  );
  return pool;
}

describe("with the database itself", () => {
  test("a statement is kept under one name, which no other text has, by whichever way it is run", async () => {
    const pool = await aNamingPool();
    for (const of of [4, 5]) expect(await square(pool, of)).toBe(of * of);
    const now = await queryRowsNow<{ squared: number }>(pool, SQUARE, () => [6]);
    expect(now).toEqual([{ squared: 36 }]);
    expect(await namesIn(pool)).toHaveLength(1);
    await executeOften(pool, `${SQUARE} /* another */`, [1]);
    expect(await namesIn(pool)).toHaveLength(2);
    expect((await namesIn(pool)).every((name) => /^calcom_[\w-]{27}$/.test(name))).toBe(true);
  });

  test("nothing is named within a transaction, which could not go on without the name", async () => {
    const pool = await aNamingPool();
    await inTransaction(pool, async (transaction) => {
      await transaction.query("DEALLOCATE ALL");
      await transaction.query(SQUARE, [7]);
    });
    expect(await namesIn(pool)).toEqual([]);
  });

  test.each<[string, (pool: Pool) => Promise<unknown>]>([
    ["unknown", (pool) => pool.query("DEALLOCATE ALL")],
    [
      "somebody else’s",
      async (pool) => {
        const [name] = await namesIn(pool);
        // A new session, on which the name stands for something else.
        await pool.query("SELECT pg_terminate_backend(pg_backend_pid())").catch(() => {});
        await pool.query(`PREPARE "${name}" AS SELECT 1 AS squared`);
      },
    ],
  ])("a statement whose name is %s is sent once more without, and none is named again", async (_, lose) => {
    const pool = await aNamingPool();
    await lose(pool);
    for (const of of [8, 9]) expect(await square(pool, of)).toBe(of * of);
    await pool.query("DEALLOCATE ALL");
    expect(await square(pool, 10)).toBe(100);
    expect(await namesIn(pool)).toEqual([]);
  });

  test("a statement that gives other columns since a migration is sent once more without its name", async () => {
    const pool = await aNamingPool();
    await pool.query(`CREATE TABLE "Grown" AS SELECT 1 AS one`);
    const read = () => queryRowsOften(pool, `SELECT * FROM "Grown"`, []);
    expect(await read()).toEqual([{ one: 1 }]);
    await pool.query(`ALTER TABLE "Grown" ADD COLUMN two int`);
    expect(await read()).toEqual([{ one: 1, two: null }]);
    await pool.query(`DROP TABLE "Grown"`);
  });

  test("a statement that fails of itself fails once, with its own failure", async () => {
    const pool = await aNamingPool();
    const query = vi.spyOn(pool, "query");
    await expect(queryRowsOften(pool, "SELECT 1 / $1::int AS fails", [0])).rejects.toMatchObject({
      code: "22012",
    });
    expect(query).toHaveBeenCalledOnce();
    query.mockRestore();
  });
});

describe.runIf(hasPgbouncer)("behind pgbouncer in transaction mode", () => {
  test("no statement fails, in any order and on any session, and none is named", {
    timeout: 180_000,
  }, async () => {
    const pooler = await startPgbouncer(connectionString);
    try {
      const pool = aPool(pooler.url, 10);
      const cube = "SELECT $1::int * $1::int * $1::int AS cubed";
      for (let round = 0; round < 50; round++) {
        const numbers = Array.from({ length: 30 }, (_, index) => round + index);
        const squares = numbers.map((of) => square(pool, of));
        const cubes = numbers.map((of) => queryRowsNow<{ cubed: number }>(pool, cube, () => [of]));
        expect(await Promise.all(squares)).toEqual(numbers.map((of) => of ** 2));
        expect((await Promise.all(cubes)).flat()).toEqual(numbers.map((of) => ({ cubed: of ** 3 })));
      }
      for (let session = 0; session < 20; session++) expect(await namesIn(pool)).toEqual([]);
    } finally {
      await Promise.all(opened.splice(0).map((database) => database.close()));
      await pooler.stop();
    }
  });
});
