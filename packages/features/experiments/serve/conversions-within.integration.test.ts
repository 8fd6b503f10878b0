// What a conversion may do to the transaction that it is part of: nothing but be there when it commits.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { logger } from "@calcom/lib/logger";
import type { Database } from "@calcom/prisma";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { noTracker } from "../lib/tracker";
import type { CallerTransaction } from "../sql/caller-transaction";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let experiments: Fixture["module"]["experiments"];
const sent: unknown[] = [];

beforeAll(async () => {
  fixture = await createFixture(connectionString, {
    tracker: {
      ...noTracker,
      isEnabled: true,
      send: async (events) => void sent.push(...events.map(({ properties }) => properties.conversion_event)),
    },
  });
  ({ experiments } = fixture.module);
});
afterAll(() => fixture.close());

let slug: string;
let subject: { userId: number };
const logged = vi.fn();
beforeEach(async () => {
  logged.mockReset();
  vi.spyOn(logger, "error").mockImplementation(logged);
  subject = { userId: await createUser(fixture.database) };
  ({ slug } = await aRunningExperiment(fixture));
  await experiments.decideFor(subject, [slug]);
});

/** The same scenario as the business code would write it, with either client. */
interface Business {
  tx: CallerTransaction;
  run(sql: string): Promise<unknown[]>;
}
type Begin = (database: Database, business: (on: Business) => Promise<void>) => Promise<void>;

const clients: [string, Begin][] = [
  [
    "Prisma",
    ({ prisma }, business) =>
      prisma.$transaction((tx) =>
        business({ tx, run: (sql) => tx.$queryRawUnsafe<unknown[]>(sql).then((rows) => rows) }),
      ),
  ],
  [
    "pg",
    async ({ pool }, business) => {
      const client = await pool.connect();
      try {
        await client.query("BEGIN");
        await business({ tx: client, run: async (sql) => (await client.query<object>(sql)).rows });
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      } finally {
        client.release();
      }
    },
  ],
  [
    "Drizzle",
    async ({ pool }, business) => {
      const client = await pool.connect();
      // As its driver for pg: a text, and the whole result.
      const tx = { query: {}, execute: (text: string) => client.query<object>(text) };
      try {
        await client.query("BEGIN");
        await business({ tx, run: async (sql) => (await client.query<object>(sql)).rows });
        await client.query("COMMIT");
      } catch (error) {
        await client.query("ROLLBACK");
        throw error;
      } finally {
        client.release();
      }
    },
  ],
];

const PATIENTLY = { timeout: 20_000 };

let teams = 0;
const aTeam = () => `team-of-a-transaction-${++teams}`;
const insertTeam = (name: string) =>
  `INSERT INTO "Team" ("name", "slug") VALUES ('${name}', '${name}') RETURNING "id"`;
const isThere = async (name: string) =>
  (await fixture.database.prisma.team.count({ where: { slug: name } })) === 1;
const recorded = () =>
  fixture.database.prisma.experimentConversion.count({ where: { assignment: { experimentSlug: slug } } });
const settings = `SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement`;

describe.each(clients)("in a transaction of %s", (_name, begin) => {
  it("is there with the commit, sent after it, and leaves the caller's settings as they were", async () => {
    const name = aTeam();
    await begin(fixture.database, async ({ tx, run }) => {
      await run(insertTeam(name));
      await run("SELECT set_config('lock_timeout', '7s', true), set_config('statement_timeout', '9s', true)");
      const sale = { event: name, value: "49.90", key: "order-1" };
      expect(await experiments.trackConversionWithin(tx, sale, { subject })).toEqual({ recorded: 1 });
      expect(await experiments.trackConversionWithin(tx, sale, { subject })).toEqual({ recorded: 0 });
      expect(await run(settings)).toEqual([{ lock: "7s", statement: "9s" }]);
      expect(await recorded()).toBe(0);
    });
    expect(await isThere(name)).toBe(true);
    expect(await recorded()).toBe(1);
    await expect.poll(() => sent.filter((event) => event === name), { timeout: 20_000 }).toEqual([name]);
    expect(logged).not.toHaveBeenCalled();
  });

  it("is gone with the rollback, and never sent", async () => {
    const [undone, marker] = [aTeam(), aTeam()];
    const change = new Error("The caller has changed its mind.");
    const transaction = begin(fixture.database, async ({ tx }) => {
      await experiments.trackConversionWithin(tx, undone, { subject });
      throw change;
    });
    await expect(transaction).rejects.toBe(change);
    expect(await recorded()).toBe(0);
    // One that is recorded later is sent: so the outbox has looked, and has seen nothing of the other.
    await experiments.trackConversion(marker, { subject });
    await expect.poll(() => sent, { timeout: 20_000 }).toContain(marker);
    expect(sent).not.toContain(undone);
  });

  it.each<[string, string, string]>([
    [
      "the table is gone",
      `ALTER TABLE "ExperimentConversion" RENAME TO "Gone"`,
      `ALTER TABLE "Gone" RENAME TO "ExperimentConversion"`,
    ],
    [
      "all of our tables are gone",
      `ALTER TABLE "ExperimentVariant" RENAME TO "Gone"; ALTER TABLE "VisitorLink" RENAME TO "Gone2"`,
      `ALTER TABLE "Gone" RENAME TO "ExperimentVariant"; ALTER TABLE "Gone2" RENAME TO "VisitorLink"`,
    ],
    [
      "a column has another name",
      `ALTER TABLE "ExperimentConversion" RENAME "value" TO "worth"`,
      `ALTER TABLE "ExperimentConversion" RENAME "worth" TO "value"`,
    ],
    [
      "the database sees a serialization failure",
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE serialization_failure; END';
       CREATE TRIGGER refuse BEFORE INSERT ON "ExperimentConversion" EXECUTE FUNCTION refuse()`,
      `DROP FUNCTION refuse CASCADE`,
    ],
    [
      "a statement of ours does not end",
      `CREATE FUNCTION sleep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(60); RETURN NULL; END';
       CREATE TRIGGER sleep BEFORE INSERT ON "ExperimentConversion" EXECUTE FUNCTION sleep()`,
      `DROP FUNCTION sleep CASCADE`,
    ],
  ])("costs the caller nothing but a line in the log where %s", async (_what, breakIt, mendIt) => {
    const name = aTeam();
    await fixture.database.pool.query(breakIt);
    try {
      await begin(fixture.database, async ({ tx, run }) => {
        const before = await run(settings);
        await run(insertTeam(name));
        const since = performance.now();
        const outcome = await experiments.trackConversionWithin(tx, { event: "sold", value: 1 }, { subject });
        expect(outcome).toEqual({ recorded: 0 });
        expect(performance.now() - since).toBeLessThan(10_000);
        expect(await run(settings)).toEqual(before);
      });
    } finally {
      await fixture.database.pool.query(mendIt);
    }
    expect(await isThere(name)).toBe(true);
    expect(await recorded()).toBe(0);
    expect(logged).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining("A conversion was not recorded"),
      expect.objectContaining({
        conversion: { event: "sold", value: 1 },
        subject: expect.objectContaining(subject),
        reason: expect.objectContaining({ state: expect.any(String) }),
      }),
    );
  });

  it("waits a moment at most where another session has locked the table", async () => {
    const name = aTeam();
    const other = new pg.Client({ connectionString });
    await other.connect();
    await other.query(`BEGIN; LOCK TABLE "ExperimentConversion" IN ACCESS EXCLUSIVE MODE`);
    const since = performance.now();
    await begin(fixture.database, async ({ tx, run }) => {
      await run(insertTeam(name));
      expect(await experiments.trackConversionWithin(tx, "sold", { subject })).toEqual({ recorded: 0 });
    });
    expect(performance.now() - since).toBeLessThan(10_000);
    await other.end();
    expect(await isThere(name)).toBe(true);
    expect(logged).toHaveBeenCalledOnce();
    expect(logged.mock.calls[0]?.[1]).toMatchObject({ reason: { state: "55P03" } });
  });

  it("is the one that a deadlock ends, and not what the caller wrote", async () => {
    const name = aTeam();
    const sale = { event: "sold", key: "one-order" };
    const other = new pg.Client({ connectionString });
    await other.connect();
    const { rows: own } = await other.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
    await other.query("BEGIN");
    await experiments.trackConversionWithin(other, sale, { subject });
    await begin(fixture.database, async ({ tx, run }) => {
      const [team] = (await run(insertTeam(name))) as { id: number }[];
      await run("SET LOCAL deadlock_timeout = '20ms'");
      // The other one waits for the name that was just taken, and this one for the key that the other has taken.
      const blocked = other.query(insertTeam(name)).catch((error: unknown) => error);
      await vi.waitFor(async () => {
        const waiting = "SELECT FROM pg_locks WHERE NOT granted AND pid = $1";
        expect((await fixture.database.pool.query(waiting, [own[0]?.pid])).rows).toHaveLength(1);
      }, PATIENTLY);
      expect(await experiments.trackConversionWithin(tx, sale, { subject })).toEqual({ recorded: 0 });
      await run(`UPDATE "Team" SET "name" = 'Still here' WHERE "id" = ${team?.id}`);
      void blocked;
    });
    await other.end();
    expect(await isThere(name)).toBe(true);
    expect(logged).toHaveBeenCalledOnce();
    expect(logged.mock.calls[0]?.[1]).toMatchObject({ reason: { state: "40P01" } });
  });

  it("takes nothing along that the caller runs beside it on the same transaction", async () => {
    const names = Array.from({ length: 10 }, aTeam);
    await fixture.database.pool.query(`ALTER TABLE "ExperimentConversion" RENAME TO "Gone"`);
    try {
      await begin(fixture.database, async ({ tx, run }) => {
        await Promise.all(
          names.map(async (name, index) => {
            if (index % 2) await experiments.trackConversionWithin(tx, "sold", { subject });
            await run(insertTeam(name));
          }),
        );
      });
    } finally {
      await fixture.database.pool.query(`ALTER TABLE "Gone" RENAME TO "ExperimentConversion"`);
    }
    for (const name of names) expect(await isThere(name)).toBe(true);
    expect(logged).toHaveBeenCalledTimes(5);
  });

  it("counts each of several that are reported at once", async () => {
    await begin(fixture.database, async ({ tx }) => {
      const events = Array.from({ length: 10 }, (_, index) => `event-${index}`);
      const outcomes = await Promise.all(
        events.map((event) => experiments.trackConversionWithin(tx, event, { subject })),
      );
      expect(outcomes).toEqual(events.map(() => ({ recorded: 1 })));
    });
    expect(await recorded()).toBe(10);
  });

  it("does not throw for a value that makes no sense, and says in the log what is wrong with it", async () => {
    const name = aTeam();
    await begin(fixture.database, async ({ tx, run }) => {
      await run(insertTeam(name));
      for (const value of [Number.NaN, 1e308, "a lot"])
        expect(await experiments.trackConversionWithin(tx, { event: "sold", value }, { subject })).toEqual({
          recorded: 0,
        });
    });
    expect(await isThere(name)).toBe(true);
    expect(logged.mock.calls.map(([, { reason }]) => reason)).toEqual(
      Array(3).fill(expect.objectContaining({ code: "invalid_conversion", field: "value" })),
    );
  });

  it.each(["READ ONLY", "ISOLATION LEVEL SERIALIZABLE"])("does no harm under %s", async (mode) => {
    await begin(fixture.database, async ({ tx, run }) => {
      await run(`SET TRANSACTION ${mode}`);
      const outcome = await experiments.trackConversionWithin(tx, "sold", { subject });
      expect(outcome).toEqual({ recorded: mode === "READ ONLY" ? 0 : 1 });
      await run("SELECT 1");
    });
  });
});

it("says so where it is handed a pool, or a client without a transaction, and writes nothing", async () => {
  const { pool, prisma } = fixture.database;
  const client = await pool.connect();
  for (const tx of [pool, client, prisma])
    expect(await experiments.trackConversionWithin(tx, "sold", { subject })).toEqual({ recorded: 0 });
  client.release();
  expect(await recorded()).toBe(0);
  expect(logged).toHaveBeenCalledTimes(3);
  expect(logged.mock.calls[0]?.[1]).toMatchObject({ reason: { message: expect.stringContaining("BEGIN") } });
});

it("never rejects, not even where the caller's transaction is lost already", async () => {
  const client = await fixture.database.pool.connect();
  await client.query("BEGIN");
  await client.query("SELECT 1 / 0").catch(() => {});
  expect(await experiments.trackConversionWithin(client, "sold", { subject })).toEqual({ recorded: 0 });
  await client.query("ROLLBACK");
  client.release();
  expect(logged).toHaveBeenCalledOnce();
});
