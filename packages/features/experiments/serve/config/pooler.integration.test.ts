import path from "node:path";
import { hasPgbouncer, type Pooler, startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { deployMigrations } from "@calcom/prisma/deploy";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import { medianOf } from "../../testing/median-of";
import { PostgresChangeFeed } from "./change-feed";
import { ConfigCache } from "./config-cache";
import { ExperimentConfigsRepository } from "./experiment-configs.repository";

const migrationsDir = path.resolve(import.meta.dirname, "../../../../../prisma/migrations");
const { connectionString } = await testDatabase();
let fixture: Fixture;
let pooler: Pooler;

beforeAll(async () => {
  if (!hasPgbouncer) return;
  fixture = await createFixture(connectionString);
  pooler = await startPgbouncer(connectionString);
});
afterAll(async () => {
  await fixture?.close();
  await pooler?.stop();
});

/** How long a cache takes to obey each of some changes, in milliseconds. */
async function obedienceMs(cache: ConfigCache, turns: number): Promise<number[]> {
  const { slug, ...experiment } = await aRunningExperiment(fixture);
  await vi.waitFor(async () => expect(await cache.get(slug)).not.toBeNull(), { timeout: 20_000 });
  let { version } = experiment;
  const delays: number[] = [];
  for (let turn = 0; turn < turns; turn++) {
    const action = turn % 2 === 0 ? "turn_off" : "turn_on";
    ({ version } = await fixture.module.admin.lifecycle.updateStatus(fixture.admin, {
      slug,
      version,
      action,
    }));
    const since = performance.now();
    await vi.waitFor(
      async () => expect((await cache.get(slug))?.status).toBe(turn % 2 === 0 ? "off" : "running"),
      { timeout: 20_000, interval: 5 },
    );
    delays.push(performance.now() - since);
  }
  return delays;
}

describe.runIf(hasPgbouncer)("behind pgbouncer in transaction mode", () => {
  test("a change is heard through the direct address", { timeout: 180_000 }, async () => {
    const pooled = createDatabase({ connectionString: pooler.url, max: 4 });
    const direct = createDatabase({ connectionString, max: 1 });
    const log = { info: vi.fn(), warn: vi.fn() };
    const feed = new PostgresChangeFeed(direct.pool, pooled.pool);
    const cache = new ConfigCache(new ExperimentConfigsRepository(pooled.pool), feed, log);
    const delays = await obedienceMs(cache, 6);
    expect(medianOf(delays)).toBeLessThan(1_000);
    expect(log.warn).not.toHaveBeenCalled();
    await cache.close();
    await Promise.all([pooled.close(), direct.close()]);
  });

  test("without one a change is polled for, and it is said once why", { timeout: 180_000 }, async () => {
    const pooled = createDatabase({ connectionString: pooler.url, max: 4 });
    const log = { info: vi.fn(), warn: vi.fn() };
    const feed = new PostgresChangeFeed(pooled.pool);
    const cache = new ConfigCache(new ExperimentConfigsRepository(pooled.pool), feed, log);
    await cache.stamp();
    await vi.waitFor(() => expect(log.warn).toHaveBeenCalled(), { timeout: 20_000 });
    const delays = await obedienceMs(cache, 6);
    expect(medianOf(delays)).toBeLessThan(1_000);
    expect(log.warn).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining("polling"),
      expect.objectContaining({
        cause: expect.objectContaining({ message: expect.stringContaining("DATABASE_DIRECT_URL") }),
      }),
    );
    await cache.close();
    await pooled.close();
  });

  test("a node decides and records, and two starts in a row leave no lock", {
    timeout: 180_000,
  }, async () => {
    const locks = async () => {
      const { rows } = await fixture.database.pool.query(
        `SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND database =
           (SELECT oid FROM pg_database WHERE datname = current_database())`,
      );
      return rows;
    };
    const experiment = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    for (let start = 0; start < 2; start++) {
      await deployMigrations({ connectionString: pooler.url, migrationsDir, lockTimeoutMs: 1_000 });
      expect(await locks()).toEqual([]);
      const node = await createFixture(pooler.url);
      await expect(node.module.experiments.decideFor({ userId }, [experiment.slug])).resolves.toMatchObject([
        { reason: start === 0 ? "allocated" : "sticky" },
      ]);
      await node.module.experiments.exposeFor({ userId }, [experiment.slug]);
      await node.module.recounts.recount(experiment.slug);
      await node.close();
      expect(await locks()).toEqual([]);
    }
  });
});
