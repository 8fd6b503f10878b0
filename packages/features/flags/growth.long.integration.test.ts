import { testDatabase } from "@calcom/embedded-postgres/testing";
import { createDatabase } from "@calcom/prisma";
import { beforeAll, expect, test } from "vitest";
import { CROWD_MS, Crowd } from "../experiments/testing/crowd";
import { createTeam, createUser } from "../experiments/testing/database-fixtures";
import { explained, gatherPlans, readsOthers } from "../experiments/testing/query-plans";
import { FlagOverridesRepository } from "./flag-overrides.repository";
import { FlagsRepository } from "./flags.repository";
import { FlagsService } from "./flags.service";

const { connectionString } = await testDatabase();
const { pool, close } = createDatabase({ connectionString });

beforeAll(async () => {
  const crowd = new Crowd(connectionString, { ofUsers: [], ofTeams: [], ofVisitors: [] });
  await crowd.addFew();
  await pool.query("ANALYZE");
  await crowd.addMany();
  return close;
}, CROWD_MS);

test.each(["statistics that are older than the crowd", "fresh statistics"])(
  "with %s a flag is asked for by its subject, however many others it says something for",
  async (statistics) => {
    if (statistics.startsWith("fresh")) await pool.query("ANALYZE");
    const database = createDatabase({ connectionString: explained(connectionString) });
    const plans = gatherPlans(database.pool);
    const flags = new FlagsService(new FlagsRepository(database));
    const userId = await createUser(database);
    const teamId = await createTeam(database, [userId]);
    for (const subject of [{ userId }, { userId, teamId }, { userId: null, teamId }]) {
      await flags.isEnabled("many-flag", subject);
      await flags.mapFor(subject);
    }
    expect(plans.length).toBeGreaterThan(6);
    expect(plans.filter(readsOthers)).toEqual([]);
    await database.close();
  },
);

test("a page of who has a flag, and why, is read by name: the first, one in the middle, and of teams", async () => {
  await pool.query(`INSERT INTO "User" ("email", "name", "passwordHash")
    SELECT 'named-' || n || '@example.com', 'Named ' || n, '-' FROM generate_series(1, 20000) AS n`);
  await pool.query("ANALYZE");
  const database = createDatabase({ connectionString: explained(connectionString) });
  const plans = gatherPlans(database.pool);
  const overrides = new FlagOverridesRepository(database);
  const page = { slug: "many-flag", search: "", onlyOverridden: false, limit: 25 };
  const first = await overrides.findSubjects({ ...page, kind: "user", cursor: null });
  expect(first.items).toHaveLength(25);
  await overrides.findSubjects({ ...page, kind: "user", cursor: { key: "named 5000", id: 1 } });
  await overrides.findSubjects({ ...page, kind: "team", cursor: null });
  // Each within a limit of time, which is a statement too.
  expect(plans.filter(({ scans }) => scans.length > 0)).toHaveLength(3);
  expect(plans.filter(({ rowsRead }) => rowsRead > 400)).toEqual([]);
  await database.close();
});
