// The drivers give some of their failures no code but a sentence: here they fail in earnest, so that an update of a
// driver that says it otherwise is noticed.

import { createTcpProxy, type TcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase, type Database } from "@calcom/prisma";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { executeIn, runIn } from "./caller-transaction";
import { DatabaseUnavailable } from "./database-unavailable";
import { execute, inTransaction, queryRows, retryOnce } from "./runner";

const { connectionString } = await testDatabase();
const LIMITS = { max: 2, connectionTimeoutMs: 2_000, queryTimeoutMs: 400 };
let proxy: TcpProxy;
let database: Database;
beforeEach(async () => {
  proxy = await createTcpProxy(connectionString);
  database = createDatabase({ connectionString: proxy.connectionString, ...LIMITS });
});
afterEach(async () => {
  await database.close();
  await proxy.close();
});

type Run = (sql: string) => Promise<unknown>;
const ways: [string, Run][] = [
  ["a statement", (sql) => queryRows(database.pool, sql, [], LIMITS.queryTimeoutMs)],
  ["a statement that writes", (sql) => execute(database.pool, sql, [], LIMITS.queryTimeoutMs)],
  [
    "a transaction",
    (sql) => inTransaction(database.pool, (tx) => queryRows(tx, sql, [], LIMITS.queryTimeoutMs)),
  ],
];
/** A transaction of the caller, who begins it while all is well. */
const callers: [string, (sql: string, before?: () => unknown) => Promise<unknown>][] = [
  [
    "Prisma",
    (sql, before) =>
      failureWithin((fail) =>
        database.prisma.$transaction(async (tx) => {
          await before?.();
          await runIn(tx, sql).catch(fail);
          await executeIn(tx, sql);
        }),
      ),
  ],
  [
    "pg",
    (sql, before) =>
      failureWithin(async (fail) => {
        const client = await database.pool.connect();
        client.on("error", () => {});
        try {
          await client.query("BEGIN");
          await before?.();
          await runIn(client, sql).catch(fail);
          await executeIn(client, sql);
        } finally {
          client.release(true);
        }
      }),
  ],
];

/** What the first statement of it failed with, whatever became of the transaction. */
async function failureWithin(run: (fail: (error: unknown) => never) => Promise<unknown>): Promise<unknown> {
  let failure: unknown = null;
  await run((error) => {
    failure = error;
    throw error;
  }).catch(() => {});
  return failure;
}

const raise = (state: string) =>
  `DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '${state}'; END $$`;
const away = expect.objectContaining({
  name: "DatabaseUnavailable",
  kind: "unavailable",
  code: "unavailable",
  message: "The database isn’t responding. Try again in a moment.",
});

describe.each(ways)("%s", (_way, run) => {
  test.each<[string, string, () => unknown]>([
    ["that takes too long", "SELECT pg_sleep(2)", () => {}],
    ["whose connection is ended by the server", "SELECT pg_terminate_backend(pg_backend_pid())", () => {}],
    ["where connections are cut", "SELECT 1", () => proxy.cut()],
    ["where nothing comes through", "SELECT 1", () => proxy.hang()],
    ["where nobody listens", "SELECT 1", () => proxy.close()],
    ["after the process has closed its pool", "SELECT 1", () => database.close()],
    ["that the server refuses for want of connections", raise("53300"), () => {}],
    [
      "that writes where nothing may",
      "SET LOCAL transaction_read_only = on; CREATE TABLE written ()",
      () => {},
    ],
    ["that a disk of the server fails", raise("58030"), () => {}],
    ["that does not get its lock in time", raise("55P03"), () => {}],
  ])("%s finds the database unavailable, with the reason", async (_what, sql, before) => {
    await queryRows(database.pool, "SELECT 1");
    await before();
    const failure = await run(sql).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseUnavailable);
    expect(failure).toEqual(away);
    expect((failure as Error).cause).toBeInstanceOf(Error);
  });

  test("that waits in vain for a connection finds it unavailable too", async () => {
    const taken = await Promise.all(Array.from({ length: LIMITS.max }, () => database.pool.connect()));
    await expect(run("SELECT 1")).rejects.toEqual(away);
    for (const client of taken) client.release();
  });

  test.each([
    ["names no table", "SELECT * FROM nowhere", "42P01"],
    ["is refused by the schema", raise("23505"), "23505"],
  ])("that %s fails as what it is", async (_what, sql, code) => {
    await expect(run(sql)).rejects.toMatchObject({ name: "error", code });
  });
});

describe.each(callers)("in a transaction that the caller has begun with %s, a statement", (_driver, fail) => {
  test.each<[string, string, (() => unknown) | undefined]>([
    ["that takes too long", "SELECT pg_sleep(2)", undefined],
    ["whose connection is ended by the server", "SELECT pg_terminate_backend(pg_backend_pid())", undefined],
    ["whose connection is cut", "SELECT 1", () => proxy.cut()],
    ["that the server refuses for want of memory", raise("53200"), undefined],
  ])("%s finds the database unavailable", async (_what, sql, before) => {
    expect(await fail(sql, before)).toEqual(away);
  });

  test("that is wrong fails as what it is", async () => {
    const failure = await fail("SELECT * FROM nowhere");
    expect(failure).not.toBeInstanceOf(DatabaseUnavailable);
    expect(String(failure)).toContain("nowhere");
  });
});

test("a connection that ends between two statements fails the next one, and not the process", async () => {
  const ended = new Promise((resolve) =>
    database.pool.once("acquire", (client) => client.once("end", resolve)),
  );
  const run = inTransaction(database.pool, async (tx) => {
    const [own] = await queryRows<{ pid: number }>(tx, "SELECT pg_backend_pid() AS pid");
    await queryRows(database.pool, "SELECT pg_terminate_backend($1)", [own?.pid]);
    await ended;
    return queryRows(tx, "SELECT 1");
  });
  await expect(run).rejects.toEqual(away);
  expect(await queryRows(database.pool, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
});

describe("what loses against a concurrent statement", () => {
  test.each(["40001", "40P01"])("once is run again, and twice is left to the caller (%s)", async (state) => {
    let runs = 0;
    const losing = (times: number) => () =>
      queryRows(database.pool, ++runs > times ? "SELECT 1" : raise(state));
    await retryOnce(losing(1));
    expect(runs).toBe(2);
    runs = 0;
    await expect(retryOnce(losing(9))).rejects.toEqual(away);
    expect(runs).toBe(2);
  });

  test("and what is wrong is not run again", async () => {
    let runs = 0;
    const wrong = () => queryRows(database.pool, ++runs > 0 ? raise("42P01") : "");
    await expect(retryOnce(wrong)).rejects.toMatchObject({ code: "42P01" });
    expect(runs).toBe(1);
  });
});
