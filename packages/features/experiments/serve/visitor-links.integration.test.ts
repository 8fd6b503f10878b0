import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  anIdentity,
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
let fixture: Fixture;

beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

const link = (userId: number) => fixture.module.experiments.linkVisitor(userId, randomUUID());

async function marksOf(userId: number): Promise<boolean[]> {
  const links = await fixture.database.prisma.visitorLink.findMany({ where: { userId } });
  return links.map(({ isOneOfSeveral }) => isOneOfSeveral);
}

test("the only browser of a person is not looked at by a recount, and two of them are", async () => {
  const userId = await createUser(fixture.database);
  await link(userId);
  expect(await marksOf(userId)).toEqual([false]);
  await link(userId);
  expect(await marksOf(userId)).toEqual([true, true]);
});

test("browsers that a person signs in with at the same moment see each other", async () => {
  const { pool } = fixture.database;
  const userId = await createUser(fixture.database);
  const first = await pool.connect();
  try {
    await first.query("BEGIN");
    await first.query(`INSERT INTO "VisitorLink" ("visitorId", "userId") VALUES ($1, $2)`, [
      randomUUID(),
      userId,
    ]);
    const second = link(userId);
    const waiting = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`;
    await expect.poll(async () => (await pool.query(waiting)).rows[0].n).toBe(1);
    await first.query("COMMIT");
    await second;
  } finally {
    first.release();
  }
  expect(await marksOf(userId)).toEqual([true, true]);
});

test("a browser that signs in again stays the one it was", async () => {
  const userId = await createUser(fixture.database);
  const visitorId = randomUUID();
  for (let time = 0; time < 2; time++) await fixture.module.experiments.linkVisitor(userId, visitorId);
  expect(await marksOf(userId)).toEqual([false]);
});

test("an account on thousands of machines is linked to its first hundred, and the next one is answered as they are", async () => {
  const { module, database } = fixture;
  const { slug } = await aRunningExperiment(fixture, { unit: "visitor" });
  const userId = await createUser(database);
  const [first] = await database.prisma.$queryRaw<{ visitorId: string }[]>`
    INSERT INTO "VisitorLink" ("visitorId", "userId") SELECT gen_random_uuid(), ${userId} FROM generate_series(1, 10000)
    RETURNING "visitorId"`;
  expect(await marksOf(userId)).toHaveLength(100);
  const shown = anIdentity({ visitorId: first?.visitorId ?? null });
  const [answer] = await module.experiments.decide(shown, [{ slug }]);
  await module.experiments.recordExposures(shown, [{ slug }]);

  const visitorId = randomUUID();
  expect(await module.experiments.linkVisitor(userId, visitorId)).toEqual({ isTheirs: true });
  expect(await marksOf(userId)).toHaveLength(100);
  const next = anIdentity({ userId, visitorId });
  expect(await module.experiments.decide(next, [{ slug }])).toMatchObject([{ variant: answer?.variant }]);
  expect(await module.experiments.trackConversion("sold", { subject: next })).toEqual({ recorded: 1 });
});
