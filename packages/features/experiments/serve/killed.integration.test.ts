// What a node has answered is in the database, though it wrote it together with what others asked. For exposures and the
// conversions of browsers `npm run chaos -- --only node-killed` shows the same, over HTTP.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aRunningExperiment, createFixture, createUser, type Fixture } from "../testing/database-fixtures";
import { spawnNode } from "../testing/spawn-node";

const CALLERS = 64;
const ENOUGH = 300;

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

test("a node that is killed has stored every assignment and server conversion that it has answered", {
  timeout: 180_000,
}, async () => {
  const { slug } = await aRunningExperiment(fixture);
  const userIds = await Promise.all(Array.from({ length: CALLERS }, () => createUser(fixture.database)));
  const node = spawnNode(connectionString);
  const assigned = new Map<string, string | null>();
  const sold: string[] = [];
  let asked = 0;
  const isEnough = once();
  const caller = async (userId: number) => {
    try {
      for (;;) {
        const from = { userId, visitorId: null };
        const { subject, variant } = await node.decide(slug, from);
        assigned.set(String(subject), variant);
        const key = `order ${asked++}`;
        const { recorded } = await node.trackConversion({ event: "sold", key }, { userId });
        if (recorded === 1) sold.push(key);
        if (sold.length >= ENOUGH) isEnough.resolve();
      }
    } catch {
      // It is gone.
    }
  };
  const callers = Promise.all(userIds.map(caller));
  // A node that fails by itself ends the callers, and with them the wait.
  await Promise.race([isEnough.promise, callers]);
  await node.kill();
  await callers;
  expect(sold.length).toBeGreaterThanOrEqual(ENOUGH);

  const { pool } = fixture.database;
  const rows = await pool.query(
    `SELECT 'user:' || "userId" AS subject, "variant" FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
    [slug],
  );
  const stored = new Map(rows.rows.map(({ subject, variant }) => [subject, variant]));
  expect([...assigned].filter(([subject, variant]) => stored.get(subject) !== variant)).toEqual([]);
  const conversions = await pool.query(
    `SELECT "idempotencyKey" AS key FROM "ExperimentConversion" WHERE "experimentSlug" = $1`,
    [slug],
  );
  const keys = conversions.rows.map(({ key }) => key);
  expect(sold.filter((key) => !keys.includes(key))).toEqual([]);
  expect(new Set(keys).size, "nothing is stored twice").toBe(keys.length);
  expect(asked, "some were asked and not answered").toBeGreaterThan(sold.length);
});

function once(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
