import { setTimeout as passed } from "node:timers/promises";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import { isDatabaseAway } from "@calcom/lib/sql";
import { afterEach, expect, test } from "vitest";
import { createDatabase, type Database } from ".";

const { connectionString } = await testDatabase();

let database: Database;
afterEach(() => database.close());

const asks: Record<string, () => Promise<unknown>> = {
  "a statement": () => database.pool.query("SELECT 1"),
  "a model of Prisma": () => database.prisma.user.findFirst(),
  "a transaction of Prisma": () => database.prisma.$transaction((tx) => tx.user.findFirst()),
  "a batch of Prisma": () => database.prisma.$transaction([database.prisma.user.findFirst()]),
};

test("whatever finds all connections taken waits for one, longer than Prisma would by itself", async () => {
  database = createDatabase({ connectionString, max: 1, connectionTimeoutMs: 15_000 });
  const taken = await database.pool.connect();
  const asked = Promise.all(Object.values(asks).map((ask) => ask()));
  // Prisma gives up after two seconds.
  await expect(Promise.race([asked, passed(2_300, "waits")])).resolves.toBe("waits");
  taken.release();
  await asked;
});

test.each(Object.entries(asks))("%s that waits too long says that the database is away", async (_, ask) => {
  database = createDatabase({ connectionString, max: 1, connectionTimeoutMs: 1_000 });
  const taken = await database.pool.connect();
  const error = await ask().catch((thrown: unknown) => thrown);
  taken.release();
  expect(isDatabaseAway(error), String(error)).toBe(true);
});
