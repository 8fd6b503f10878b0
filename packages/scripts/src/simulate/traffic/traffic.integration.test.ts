import { testDatabase } from "@calcom/embedded-postgres/testing";
import {
  aRunningExperiment,
  createFixture,
  createUser,
  type Fixture,
} from "@calcom/features/experiments/testing/database";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { refuseRealPeople } from "./guard";
import { trafficOn } from "./traffic-on";

const { connectionString } = await testDatabase();
const WAIT = { timeout: 180_000 };

let fixture: Fixture;
let said: string[];

beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());
beforeEach(() => {
  said = [];
  vi.spyOn(console, "log").mockImplementation((line: string) => void said.push(line));
});
afterEach(() => vi.restoreAllMocks());

async function rowsOf(slug: string) {
  const { rows } = await fixture.database.pool.query<{ total: number; exposed: number; converted: number }>(
    `SELECT count(*)::int AS total, count("exposedAt")::int AS exposed,
       (SELECT count(*)::int FROM "ExperimentConversion" WHERE "experimentSlug" = $1) AS converted
     FROM "ExperimentVariant" WHERE "experimentSlug" = $1`,
    [slug],
  );
  return rows[0];
}

const fill = (experiment: string, changes: object = {}) =>
  trafficOn(connectionString, {
    experiment,
    subjects: 200,
    rate: { control: 0, urgent: 1 },
    days: 0,
    seed: 1,
    ...changes,
  });

describe.each(["visitor", "user", "team"] as const)("an experiment for %ss", (unit) => {
  test("is filled through the doors, converts as asked, and is emptied again", WAIT, async () => {
    const { slug } = await aRunningExperiment(fixture, { unit });
    const { pool } = fixture.database;
    const countPeople = async () => (await pool.query(`SELECT count(*)::int AS n FROM "User"`)).rows[0];
    const before = await countPeople();
    await fill(slug);
    const { result } = await fixture.module.results.get(fixture.admin, slug);
    const { control = 0, urgent = 0 } = result?.exposed ?? {};
    expect(control + urgent).toBe(200);
    // 200 by a fair coin: 40 is more than five standard errors away from 100.
    expect(Math.abs(control - urgent)).toBeLessThan(80);
    expect(await rowsOf(slug)).toEqual({ total: 200, exposed: 200, converted: urgent });
    expect(said.join("\n")).toContain(`urgent: ${urgent} saw it, ${urgent} converted.`);

    await trafficOn(connectionString, { experiment: slug, subjects: 1, rate: {}, days: 0, undo: true });
    expect(await rowsOf(slug)).toEqual({ total: 0, exposed: 0, converted: 0 });
    expect(await countPeople()).toEqual(before);
    expect((await fixture.module.results.get(fixture.admin, slug)).result?.exposed).toEqual({
      control: 0,
      urgent: 0,
    });
  });
});

test("what is undone are the invented ones of this experiment alone", WAIT, async () => {
  const { slug } = await aRunningExperiment(fixture, { unit: "user" });
  const other = await aRunningExperiment(fixture, { unit: "user" });
  const userId = await createUser(fixture.database);
  await fixture.module.experiments.exposeFor({ userId }, [slug]);
  await fill(slug, { subjects: 10 });
  await fill(other.slug, { subjects: 10 });
  await trafficOn(connectionString, { experiment: slug, subjects: 1, rate: {}, days: 0, undo: true });
  expect(await rowsOf(slug)).toMatchObject({ total: 1 });
  expect(await rowsOf(other.slug)).toMatchObject({ total: 10 });
});

test("subjects that are dated back give the experiment a past, with looks and a verdict", WAIT, async () => {
  const { slug } = await aRunningExperiment(fixture, { unit: "visitor", conversionWindowDays: 2 });
  await fill(slug, { subjects: 1_000, days: 20, rate: { control: 0.1, urgent: 0.4 } });
  const result = await fixture.module.recounts.recount(slug);
  expect(result?.analysis?.verdict.code).toBe("better");
  expect(result?.series.exposures.length).toBeGreaterThan(15);
});

test("an experiment whose weights have changed is not dated back beyond that", WAIT, async () => {
  const { slug, version } = await aRunningExperiment(fixture, { unit: "visitor" });
  await fixture.module.admin.editing.updateConfig(fixture.admin, {
    slug,
    version,
    patch: {
      variants: [
        { name: "control", percentage: 60 },
        { name: "urgent", percentage: 40 },
      ],
    },
  });
  await expect(fill(slug, { days: 5 })).rejects.toThrow("use at most --days 0");
  expect(await rowsOf(slug)).toMatchObject({ total: 0 });
});

test("an unknown experiment is answered with those there are", async () => {
  const { slug } = await aRunningExperiment(fixture);
  await expect(fill("no-such-thing")).rejects.toThrow(slug);
});

test("a database with somebody's real address is refused", async () => {
  await expect(refuseRealPeople(connectionString)).resolves.toBeUndefined();
  await fixture.database.pool.query(
    `INSERT INTO "User" ("email", "name", "passwordHash") VALUES ('uma@acme.com', 'Uma', '-')`,
  );
  await expect(refuseRealPeople(connectionString)).rejects.toThrow("1 user with a real e-mail address");
});
