import { createTcpProxy } from "@calcom/embedded-postgres/tcp-proxy";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { isDatabaseAway } from "@calcom/lib/sql";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createDatabase, type Database } from ".";

const { connectionString } = await testDatabase();

let proxy: Awaited<ReturnType<typeof createTcpProxy>>;
let database: Database;
let changes: boolean[];
beforeEach(async () => {
  proxy = await createTcpProxy(connectionString);
  changes = [];
  database = createDatabase({
    connectionString: proxy.connectionString,
    max: 4,
    // A busy machine is no full pool.
    connectionTimeoutMs: 15_000,
    onSilence: ({ isSilent }) => changes.push(isSilent),
  });
  // Some connections that have nothing to do, as in a node at work.
  await Promise.all([1, 2, 3].map(() => database.pool.query("SELECT 1")));
});
afterEach(async () => {
  proxy.restore();
  await database.close();
  await proxy.close();
});

const asks: Record<string, () => Promise<unknown>> = {
  "a statement": () => database.pool.query("SELECT 1"),
  "a transaction": async () => {
    const connection = await database.pool.connect();
    connection.on("error", () => {});
    try {
      await connection.query("BEGIN");
      await connection.query("COMMIT");
    } finally {
      connection.release(true);
    }
  },
  "a model of Prisma": () => database.prisma.user.findFirst(),
  "a transaction of Prisma": () => database.prisma.$transaction((tx) => tx.user.findFirst()),
};
const fates = (all: Promise<unknown>[]) =>
  Promise.all(
    all.map((one) =>
      one.then(
        () => "answered",
        (error) => (isDatabaseAway(error) ? "away" : error),
      ),
    ),
  );
const everybodyAsks = () => Array.from({ length: 20 }, () => Object.values(asks).map((ask) => ask())).flat();

test("whatever waits for a database that has fallen silent fails, and so does at once what is asked then", async () => {
  proxy.hang();
  // Many more than there are connections, so that some wait for one. Far below the timeouts of pool and statements.
  expect(new Set(await fates(everybodyAsks()))).toEqual(new Set(["away"]));
  expect(changes).toEqual([true]);
  expect(new Set(await fates(everybodyAsks()))).toEqual(new Set(["away"]));
  expect(changes).toEqual([true]);
});

test("when it answers again, everything does, and both are told once", async () => {
  proxy.hang();
  await fates(everybodyAsks());
  proxy.restore();
  await expect.poll(() => changes, { timeout: 20_000 }).toEqual([true, false]);
  expect(new Set(await fates(everybodyAsks()))).toEqual(new Set(["answered"]));
});

test("a silence while nobody asks is found by whoever asks first, who does not wait for long", async () => {
  proxy.hang();
  expect(await fates([database.pool.query("SELECT 1")])).toEqual(["away"]);
});

test("a slow statement is no silence, and neither is a crowd that waits for its turn", async () => {
  const slow = Array.from({ length: 12 }, () => database.pool.query("SELECT pg_sleep(0.4)"));
  expect(await fates([...slow, database.prisma.user.findFirst()])).toEqual(Array(13).fill("answered"));
  expect(changes).toEqual([]);
});

test("a process that is too busy to listen does not take that for silence", async () => {
  const answer = database.pool.query("SELECT pg_sleep(0.3)");
  for (let i = 0; i < 6; i++) {
    const until = performance.now() + 200;
    while (performance.now() < until);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await fates([answer])).toEqual(["answered"]);
  expect(changes).toEqual([]);
});

test("a database that refuses connections is there", async () => {
  const other = createDatabase({
    connectionString: proxy.connectionString.replace(/\/[^/?]*(\?|$)/, "/nowhere$1"),
  });
  await expect(other.pool.query("SELECT 1")).rejects.toMatchObject({ code: "3D000" });
  await other.close();
});
