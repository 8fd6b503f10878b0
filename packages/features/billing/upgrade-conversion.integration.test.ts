// Starting a subscription counts in the experiments of its buyer, and is never the worse for it.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sized } from "@calcom/lib/env-of-tests";
import { logger } from "@calcom/lib/logger";
import { database } from "@calcom/prisma";
import pg from "pg";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { closeExperiments, experiments, type Identity, startExperiments } from "../experiments/server";
import {
  aRunningExperiment,
  countsOf,
  createFixture,
  createUser,
  type Fixture,
} from "../experiments/testing/database-fixtures";
import { billing } from "./server";

const { connectionString } = await testDatabase();
const { prisma, pool } = database();
let fixture: Fixture;
let slug: string;
const logged = vi.fn();

beforeAll(async () => {
  fixture = await createFixture(connectionString);
  // As the web server does, in which people upgrade.
  await startExperiments();
  return async () => {
    await fixture.close();
    await closeExperiments();
  };
});
beforeEach(async () => {
  logged.mockReset();
  vi.spyOn(logger, "error").mockImplementation(logged);
  ({ slug } = await aRunningExperiment(fixture, { variants: ALL_IN_ONE }));
});

const ALL_IN_ONE = [
  { name: "control", percentage: 100 },
  { name: "dearer", percentage: 0 },
];

let count = 0;
const anOrder = () => ({ name: "Harbour Office", slug: `harbour-office-${++count}`, seats: 3 });
const identityOf = (userId: number): Identity => ({
  userId,
  visitorId: null,
  isBot: false,
  hasConsent: true,
  address: null,
});

async function aBuyer(): Promise<number> {
  const userId = await createUser(fixture.database);
  await expect
    .poll(async () => (await experiments().decideFor({ userId }, [slug]))[0]?.variant, { timeout: 20_000 })
    .toBe("control");
  return userId;
}

const recorded = () =>
  prisma.experimentConversion.findMany({ where: { assignment: { experimentSlug: slug } } });

test("an upgrade counts with what it brings in a month, once, under the number of its subscription", async () => {
  const userId = await aBuyer();
  const { teamId } = await billing().startTeam(userId, anOrder(), 2_050, identityOf(userId));
  const subscription = await prisma.subscription.findUniqueOrThrow({ where: { teamId } });
  const [conversion, ...others] = await recorded();
  expect(others).toEqual([]);
  expect(conversion).toMatchObject({
    conversionEvent: "subscription_started",
    idempotencyKey: String(subscription.id),
  });
  expect(conversion?.value?.toFixed(2)).toBe("61.50");
  expect(logged).not.toHaveBeenCalled();
});

test("an upgrade that fails leaves no conversion behind", async () => {
  const [first, second] = [await aBuyer(), await aBuyer()];
  const order = anOrder();
  await billing().startTeam(first, order, 2_000);
  await expect(billing().startTeam(second, order, 2_000)).rejects.toMatchObject({ code: "team_slug_taken" });
  expect(await recorded()).toHaveLength(1);
});

test("an upgrade commits without our tables, with one line in the log", async () => {
  const userId = await aBuyer();
  await pool.query(`ALTER TABLE "ExperimentConversion" RENAME TO "Gone"`);
  try {
    const { teamId } = await billing().startTeam(userId, anOrder(), 2_000);
    expect(await prisma.subscription.count({ where: { teamId } })).toBe(1);
  } finally {
    await pool.query(`ALTER TABLE "Gone" RENAME TO "ExperimentConversion"`);
  }
  expect(logged).toHaveBeenCalledOnce();
  expect(await recorded()).toEqual([]);
});

test("an upgrade waits a moment at most for a table that somebody has locked", async () => {
  const userId = await aBuyer();
  const other = new pg.Client({ connectionString });
  await other.connect();
  await other.query(`BEGIN; LOCK TABLE "ExperimentConversion" IN ACCESS EXCLUSIVE MODE`);
  const since = performance.now();
  const { teamId } = await billing().startTeam(userId, anOrder(), 2_000);
  expect(performance.now() - since).toBeLessThan(10_000);
  await other.end();
  expect(await prisma.subscription.count({ where: { teamId } })).toBe(1);
  expect(logged).toHaveBeenCalledOnce();
});

test("nobody is counted who is a bot or has not consented, and the upgrade goes on", async () => {
  const userId = await aBuyer();
  for (const changes of [{ isBot: true }, { hasConsent: false }])
    await billing().startTeam(userId, anOrder(), 2_000, { ...identityOf(userId), ...changes });
  expect(await prisma.subscription.count({ where: { purchasedById: userId } })).toBe(2);
  expect(await recorded()).toEqual([]);
});

test("of many upgrades that race the beacons of their own pages, all commit and all count", {
  timeout: 180_000,
}, async () => {
  const people = sized({ always: 300, whole: 1_000 });
  const userIds = await createUsers(people);
  for (let start = 0; start < people; start += 50)
    await Promise.all(
      userIds.slice(start, start + 50).map((userId) => experiments().decideFor({ userId }, [slug])),
    );
  // The button was there for a tenth of a second before it was pressed.
  const waiting = [...userIds];
  const buyers = Array.from({ length: 20 }, async () => {
    for (let userId = waiting.pop(); userId !== undefined; userId = waiting.pop()) {
      const beacon = experiments().recordExposures(identityOf(userId), [{ slug, ageMs: 100 }]);
      const upgrade = billing().startTeam(userId, anOrder(), 2_000, identityOf(userId));
      await Promise.all([beacon, upgrade]);
    }
  });
  const since = performance.now();
  await Promise.all(buyers);
  expect(performance.now() - since).toBeLessThan(120_000);

  expect(logged).not.toHaveBeenCalled();
  expect(await recorded()).toHaveLength(people);
  const { variants } = await countsOf(fixture, slug);
  expect(variants.find(({ variant }) => variant === "control")).toMatchObject({
    assigned: people,
    exposed: people,
    converted: people,
    events: [{ event: "subscription_started", converted: people }],
  });
});

async function createUsers(size: number): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO "User" ("email", "name", "passwordHash")
     SELECT 'buyer-' || number || '@test.example', 'Uma', '-' FROM generate_series(1, $1) AS number RETURNING "id"`,
    [size],
  );
  return rows.map(({ id }) => id);
}
