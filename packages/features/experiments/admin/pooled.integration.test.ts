import { hasPgbouncer, type Pooler, startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { listAdminDoors } from "../testing/admin-doors";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../testing/database-fixtures";
import { takePart } from "../testing/person-fixtures";

const { connectionString } = await testDatabase();
let pooler: Pooler;
let direct: Fixture;
let pooled: Fixture;
beforeAll(async () => {
  if (!hasPgbouncer) return;
  pooler = await startPgbouncer(connectionString);
  direct = await createFixture(connectionString);
  pooled = await createFixture(pooler.url);
});
afterAll(async () => {
  await pooled?.close();
  await direct?.close();
  await pooler?.stop();
});

let flags = 0;
async function aFlag(): Promise<string> {
  const slug = `pooled-${++flags}`;
  await direct.database.prisma.feature.create({ data: { slug, type: "RELEASE" } });
  return slug;
}

/** What a session would keep for whoever gets it next; of its settings, those that the product ever changes. */
const LEFT = `SELECT current_setting('calcom.actor_id', true) AS actor, current_setting('calcom.is_scheduled', true) AS scheduled,
  current_setting('statement_timeout') AS statement, current_setting('lock_timeout') AS lock, current_setting('jit') AS jit,
  current_setting('enable_seqscan') AS seqscan, current_setting('enable_bitmapscan') AS bitmapscan,
  current_setting('TimeZone') AS zone, current_setting('search_path') AS path,
  (SELECT count(*)::int FROM pg_prepared_statements WHERE name NOT LIKE 'calcom\\_%') AS statements`;

describe.runIf(hasPgbouncer)("behind pgbouncer in transaction mode", () => {
  test("every command and page of the administration answers while all of them are asked at once, three times over", {
    timeout: 180_000,
  }, async () => {
    const experiment = () => aRunningExperiment(pooled);
    const doors = listAdminDoors(pooled, { experiment, flag: aFlag });
    // An open item keeps all others from a start, so it is added alone.
    const { "checklist.add": alone, ...together } = doors;
    for (let round = 0; round < 3; round++) {
      await alone[1](pooled.admin);
      const names = Object.keys(together) as (keyof typeof together)[];
      const answers = await Promise.allSettled(names.map((name) => together[name][1](pooled.admin)));
      const failed = answers.flatMap((answer, at) =>
        answer.status === "rejected" ? [`${names[at]}: ${answer.reason}`] : [],
      );
      expect(failed).toEqual([]);
    }
  });

  test("what is new is counted on from what was counted before, through whatever session", async () => {
    const { slug } = await aRunningExperiment(pooled);
    for (let person = 1; person <= 4; person++) {
      await takePart(pooled, await createUser(pooled.database), slug);
      const [{ result }, { events }] = await Promise.all([
        pooled.module.results.refresh(pooled.admin, slug),
        pooled.module.admin.feed.read(pooled.admin, slug),
      ]);
      const exposed = Object.values(result?.exposed ?? {}).reduce((sum, n) => sum + n, 0);
      expect([exposed, events.filter(({ kind }) => kind === "exposed").length]).toEqual([person, person]);
    }
  });

  test("nobody who gets a session next finds a name, a setting or a lock in it", async () => {
    const { rows: fresh } = await direct.database.pool.query(LEFT);
    // Each holds a session of its own until all of them have looked.
    const clients = Array.from({ length: 10 }, () => new pg.Client(pooler.url));
    const sessions = await Promise.all(
      clients.map(async (client) => {
        await client.connect();
        await client.query("BEGIN");
        return client.query(LEFT);
      }),
    );
    await Promise.all(clients.map((client) => client.end()));
    for (const { rows } of sessions) {
      // A setting of ours that a transaction has made is an empty text afterwards.
      const [found] = rows.map(({ actor, scheduled, ...row }) => ({
        ...row,
        actor: actor || null,
        scheduled: scheduled || null,
      }));
      expect(found).toEqual({ ...fresh[0], actor: null, scheduled: null });
    }
    const { rows: locks } = await direct.database.pool.query(
      `SELECT locktype, mode FROM pg_locks WHERE locktype = 'advisory' AND database = (
         SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    expect(locks).toEqual([]);
  });
});
