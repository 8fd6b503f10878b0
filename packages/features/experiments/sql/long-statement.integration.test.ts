import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { afterAll, describe, expect, it } from "vitest";
import { executeLong, queryRowsLong, readLong } from "./long-statement";
import { execute, withActor } from "./runner";

const { connectionString } = await testDatabase();
const { pool, close } = createDatabase({ connectionString, max: 1 });
afterAll(() => close());

const FOREVER = "SELECT pg_sleep(3600)";
const SHORT_MS = 20;
const TOO_SLOW = { code: "unavailable", message: expect.stringContaining("Nothing was changed") };

const atWork = async () =>
  (
    await pool.query(
      `SELECT "pid" FROM pg_stat_activity WHERE "state" = 'active' AND "query" LIKE '%pg_sleep(3600)' AND "pid" <> pg_backend_pid()`,
    )
  ).rows;

describe("a statement that takes longer than it may", () => {
  it("is refused with a sentence, and Postgres works on it no more", async () => {
    await expect(readLong(pool, FOREVER, [], SHORT_MS)).rejects.toMatchObject(TOO_SLOW);
    expect(await atWork()).toEqual([]);
  });

  it("leaves nothing of its transaction", async () => {
    const change = withActor(pool, null, async (transaction) => {
      await execute(transaction, `INSERT INTO "Feature" ("slug") VALUES ('half-done')`, []);
      await executeLong(transaction, FOREVER, [], SHORT_MS);
    });
    await expect(change).rejects.toMatchObject(TOO_SLOW);
    expect((await pool.query(`SELECT FROM "Feature" WHERE "slug" = 'half-done'`)).rows).toEqual([]);
  });

  it("leaves the connection as it was", async () => {
    await expect(readLong(pool, FOREVER, [], SHORT_MS)).rejects.toMatchObject(TOO_SLOW);
    const { rows } = await pool.query("SHOW statement_timeout");
    expect(rows).toEqual([{ statement_timeout: "0" }]);
    expect(pool.totalCount).toBe(1);
  });
});

it("a failure of the statement itself stays what it is", async () => {
  const refused = withActor(pool, null, (transaction) =>
    queryRowsLong(transaction, "SELECT 1 / 0", [], SHORT_MS),
  );
  await expect(refused).rejects.toMatchObject({ code: "22012" });
});
