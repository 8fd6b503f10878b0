import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, expect, it } from "vitest";
import { aRunningExperiment, createFixture, createUser } from "../testing/database-fixtures";
import { lookAt } from "../testing/person-fixtures";

const { connectionString } = await testDatabase();
const fixture = await createFixture(connectionString);
const { module, admin, database } = fixture;
afterAll(() => fixture.close());

/** As one that was a flag, which was turned off after the end. */
async function aTurnedOff(): Promise<string> {
  const { slug, version } = await aRunningExperiment(fixture);
  await module.admin.lifecycle.conclude(admin, { slug, version, winnerVariant: "urgent" });
  await database.pool.query(
    `UPDATE "Feature" SET "version" = "version" + 1, "metadata" = "metadata" || $2::jsonb WHERE "slug" = $1`,
    [slug, JSON.stringify({ convertedFrom: { type: "RELEASE", metadata: null, isTurnedOff: true } })],
  );
  return slug;
}

it("an experiment that is turned off after its end is so for every page that names its status", async () => {
  const slug = await aTurnedOff();
  const userId = await createUser(database);
  const off = { slug, status: "concluded", isTurnedOff: true };
  const [list, found, calendar, look] = await Promise.all([
    module.admin.catalog.list(admin, { search: slug }),
    module.admin.catalog.find(admin, slug),
    module.admin.calendar.list(admin, { months: 6, page: 1, search: slug }),
    lookAt(fixture, { unit: "user", id: userId }, { search: slug }),
  ]);
  expect(list.items).toMatchObject([off]);
  expect(found).toMatchObject([off]);
  expect(calendar.entries).toMatchObject([off]);
  expect(look.entries).toMatchObject([off]);
});

it.each([true, false])(
  "whether it is turned off (%s) is what the activity tells of the change, and nothing else",
  async (isTurnedOff) => {
    const slug = await aTurnedOff();
    const turn = (to: boolean) =>
      database.pool.query(
        `UPDATE "Feature" SET "version" = "version" + 1,
         "metadata" = jsonb_set("metadata", '{convertedFrom,isTurnedOff}', to_jsonb($2::boolean)) WHERE "slug" = $1`,
        [slug, to],
      );
    await turn(!isTurnedOff);
    await turn(isTurnedOff);
    const { entries } = await module.admin.activity.list(admin, { slug });
    expect(entries[0]?.differences).toEqual([
      { path: "convertedFrom.isTurnedOff", before: !isTurnedOff, after: isTurnedOff },
    ]);
  },
);
