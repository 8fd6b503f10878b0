import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sized } from "@calcom/lib/env-of-tests";
import { createDatabase } from "@calcom/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import { medianOf } from "../../testing/median-of";
import { type NodeProcess, spawnNode } from "../../testing/spawn-node";
import { PostgresChangeFeed } from "./change-feed";
import { ConfigCache } from "./config-cache";
import { ExperimentConfigsRepository } from "./experiment-configs.repository";

const { connectionString } = await testDatabase();
let fixture: Fixture;
let other: NodeProcess;

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  other = spawnNode(connectionString);
});
afterAll(async () => {
  await other.stop();
  await fixture.close();
});

/** Switches the experiment through this process and answers how long the other one took to obey, in milliseconds. */
async function obedienceMs(experiment: { slug: string; version: number }, userId: number, turns: number) {
  const delays: number[] = [];
  let { version } = experiment;
  for (let turn = 0; turn < turns; turn++) {
    const isOn = turn % 2 === 1;
    const action = isOn ? "turn_on" : "turn_off";
    ({ version } = await fixture.module.admin.lifecycle.updateStatus(fixture.admin, {
      slug: experiment.slug,
      version,
      action,
    }));
    const since = performance.now();
    const isObeyed = async () => ((await other.decide(experiment.slug, userId)).variant !== null) === isOn;
    while (!(await isObeyed())) {
      if (performance.now() - since > 20_000) throw new Error("The other process does not obey.");
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    delays.push(performance.now() - since);
  }
  return delays;
}

describe("two processes on one database", () => {
  it("obey each other's changes within a second", { timeout: 180_000 }, async () => {
    const experiment = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    await other.decide(experiment.slug, userId);
    const delays = await obedienceMs(experiment, userId, sized({ always: 20, whole: 100 }));
    expect(medianOf(delays)).toBeLessThan(1_000);
  });

  it("obey by poll within a second while no connection can listen", { timeout: 180_000 }, async () => {
    const experiment = await aRunningExperiment(fixture);
    const userId = await createUser(fixture.database);
    await other.decide(experiment.slug, userId);
    const cut = setInterval(() => void cutListeners(), 20);
    const delays = await obedienceMs(experiment, userId, 6).finally(() => clearInterval(cut));
    expect(medianOf(delays)).toBeLessThan(1_000);
  });
});

describe("a node that cannot listen", () => {
  it("holds one connection however often it tries, and gives it back", { timeout: 180_000 }, async () => {
    const { pool, close } = createDatabase({ connectionString, max: 3 });
    const feed = new PostgresChangeFeed(pool);
    const lost: unknown[] = [];
    for (let attempt = 0; attempt < 5; attempt++)
      await feed.open({
        onChange: () => {},
        onHearing: () => {},
        onLost: (cause) => lost.push(cause),
      });
    // Those by which it notifies itself come back at once.
    await expect.poll(() => pool.totalCount - pool.idleCount).toBe(1);
    await feed.close();
    expect(lost).toEqual([]);
    // It would wait for a connection that nobody gives back.
    await close();
  });

  it("says so once, keeps serving, and says when it listens again", { timeout: 180_000 }, async () => {
    const { slug } = await aRunningExperiment(fixture);
    const lines: string[] = [];
    const log = { info: (line: string) => lines.push(line), warn: (line: string) => lines.push(line) };
    const { pool } = fixture.database;
    const cache = new ConfigCache(new ExperimentConfigsRepository(pool), new PostgresChangeFeed(pool), log);
    await cache.get(slug);
    for (let cut = 0; cut < 5; cut++) {
      await cutListeners();
      expect(await cache.get(slug)).not.toBeNull();
    }
    await expect.poll(() => lines.at(-1), { timeout: 20_000 }).toContain("again");
    expect(lines.filter((line) => line.includes("polling"))).toHaveLength(1);
    await cache.close();
  });
});

/** What a restart of the server or a broken network does to connections that listen. */
async function cutListeners(): Promise<void> {
  await fixture.database.pool.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE 'LISTEN%'`,
  );
}
