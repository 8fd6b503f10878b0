import { createTestDatabase, dropTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import { createDatabase } from "@calcom/prisma";
import { deployMigrations } from "@calcom/prisma/deploy";
import { afterAll, beforeAll, expect, test } from "vitest";
import { queryRows } from "./runner";

const CALLERS = 8;
const LIMIT_MS = 300;
const SECONDS = 6;

const server = await startTestServer();
// A copy of a template, as other tests have it, has no settings of its own.
const { name, url } = await createTestDatabase({ adminUrl: server.adminUrl, prefix: "abandoned" });
const admin = createDatabase({ connectionString: server.adminUrl, max: 2 });
const database = createDatabase({ connectionString: url, max: CALLERS });
const holder = createDatabase({ connectionString: url, max: 1 });
const migrationsDir = `${import.meta.dirname}/../../../../prisma/migrations`;
beforeAll(async () => {
  await deployMigrations({ connectionString: url, migrationsDir });
});
afterAll(async () => {
  for (const one of [database, holder, admin]) await one.close();
  await dropTestDatabase(server.adminUrl, name);
  await server.stop();
});

async function countSessions(): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    admin.pool,
    "SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = $1",
    [name],
  );
  return row?.count ?? 0;
}

test("who gives up behind a lock leaves nobody waiting, so that connections do not pile up", async () => {
  const lock = await holder.pool.connect();
  await lock.query(`BEGIN; LOCK TABLE "ExperimentVariant" IN ACCESS EXCLUSIVE MODE`);
  const until = performance.now() + 1_000 * SECONDS;
  let given = 0;
  const ask = async () => {
    while (performance.now() < until) {
      await queryRows(database.pool, `SELECT FROM "ExperimentVariant" LIMIT 1`, [], LIMIT_MS).catch(
        () => given++,
      );
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, ask));
  const left = await countSessions();
  await lock.query("ROLLBACK");
  lock.release();
  expect(given).toBeGreaterThan(5 * CALLERS);
  // Those of some two seconds, and not of all.
  expect(left).toBeLessThan(given / 2);
}, 60_000);
