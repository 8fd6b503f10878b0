// What a page of the administration costs beside a crowd: what it shows, and no more.

import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FEW } from "../results/recount/few-rows-sql";
import { CROWD_MS, Crowd, MANY } from "../testing/crowd";
import { aRunningExperiment, createFixture, type Fixture } from "../testing/database-fixtures";
import { explained, gatherPlans } from "../testing/query-plans";
import { LIST_SORTS } from "../types/admin";

const { connectionString } = await testDatabase();
let setup: Fixture;
let big: string;

beforeAll(async () => {
  setup = await createFixture(connectionString);
  ({ slug: big } = await aRunningExperiment(setup, { unit: "visitor" }));
  const others = { ofUsers: [], ofTeams: [], ofVisitors: [] };
  const crowd = new Crowd(connectionString, { big, ...others });
  await crowd.addFew();
  await setup.database.pool.query("ANALYZE");
  await crowd.addMany();
  await setup.module.recounts.recount(big);
}, CROWD_MS);
afterAll(() => setup.close());

type Page = (fixture: Fixture) => Promise<unknown>;
const pages: Record<string, Page> = {
  "an experiment": ({ module, admin }) => module.admin.catalog.get(admin, big),
  "its counts": ({ module, admin }) => module.admin.catalog.readStats(admin, big),
  "its results": ({ module, admin }) => module.results.get(admin, big),
  "the activity": ({ module, admin }) => module.admin.activity.list(admin),
  "the activity of an experiment": ({ module, admin }) => module.admin.activity.list(admin, { slug: big }),
  "the activity of a person": ({ module, admin }) =>
    module.admin.activity.list(admin, { actorId: admin.userId }),
  "the activity of a day": ({ module, admin }) =>
    module.admin.activity.list(admin, { since: "2026-01-01T00:00:00Z", until: "2026-01-03T00:00:00Z" }),
  "another page of the activity": ({ module, admin }) => module.admin.activity.list(admin, { before: "1" }),
  people: ({ module, admin }) => module.admin.access.members(admin),
};

describe.each(["older than the crowd", "fresh"])("with statistics that are %s", (age) => {
  test.each(Object.entries(pages))("%s is read by index", async (_name, read) => {
    if (age === "fresh") await setup.database.pool.query("ANALYZE");
    const fixture = await createFixture(explained(connectionString));
    const plans = gatherPlans(fixture.database.pool);
    await read(fixture);
    await fixture.close();
    expect(plans.length).toBeGreaterThan(1);
    expect(plans.filter(({ rowsRead }) => rowsRead > FEW + 100)).toEqual([]);
  });

  test.each(["user", "visitor"] as const)("what a %s sees is read from their own rows", async (unit) => {
    const fixture = await createFixture(explained(connectionString));
    await fixture.module.load();
    const [{ visitorId }] = (
      await setup.database.pool.query(
        `SELECT "visitorId" FROM "ExperimentVariant" WHERE "visitorId" IS NOT NULL LIMIT 1`,
      )
    ).rows;
    const plans = gatherPlans(fixture.database.pool);
    const person = unit === "user" ? { unit, id: fixture.admin.userId } : { unit, id: visitorId };
    const look = await fixture.module.admin.people.look(fixture.admin, {
      ...{ person, search: "", show: "all", page: 1 },
    });
    await fixture.close();
    expect(look.entries.length).toBeGreaterThan(0);
    expect(plans.length).toBeGreaterThan(3);
    expect(plans.filter(({ rowsRead }) => rowsRead > FEW + 100)).toEqual([]);
  });

  // It goes through all experiments, for those that match, their number and their owners.
  test.each(LIST_SORTS)("the list by %s reads few rows beside the experiments themselves", async (sort) => {
    const fixture = await createFixture(explained(connectionString));
    const plans = gatherPlans(fixture.database.pool);
    await fixture.module.admin.catalog.list(fixture.admin, { sort });
    await fixture.close();
    expect(plans.filter(({ rowsRead }) => rowsRead > 4 * MANY.drafts + 3 * FEW)).toEqual([]);
  });
});

test("many rows are told as they were counted last, with the time, and counted anew by a refresh", async () => {
  const { module, admin, database } = setup;
  const before = await module.admin.catalog.readStats(admin, big);
  expect(before.countedAt).toBeInstanceOf(Date);
  await database.pool.query(
    `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "visitorId", "assignmentType", "epoch")
     VALUES ($1, 'control', gen_random_uuid(), 'DETERMINISTIC', 1)`,
    [big],
  );
  expect(await module.admin.catalog.readStats(admin, big)).toEqual(before);
  const listed = async () => (await module.admin.catalog.list(admin, { sort: "subjects" })).items[0];
  expect(await listed()).toMatchObject({
    slug: big,
    assignments: before.total.assigned,
    areMore: false,
    countedAt: before.countedAt,
  });
  await module.results.refresh(admin, big);
  const after = await module.admin.catalog.readStats(admin, big);
  expect(after.total.assigned).toBe(before.total.assigned + 1);
  expect(after.countedAt?.getTime()).toBeGreaterThan(before.countedAt?.getTime() ?? 0);
  expect(await listed()).toMatchObject({ assignments: after.total.assigned, countedAt: after.countedAt });
});

test("before many rows were counted the list says that there are more, and whoever opens the page counts them", async () => {
  const { module, admin, database } = setup;
  await database.pool.query(`DELETE FROM "ExperimentCount"`);
  const find = () => module.admin.catalog.get(admin, big);
  expect(await find()).toMatchObject({ assignments: FEW, areMore: true, countedAt: null });
  const { total, countedAt } = await module.admin.catalog.readStats(admin, big);
  expect(await find()).toMatchObject({ assignments: total.assigned, areMore: false, countedAt });
});
