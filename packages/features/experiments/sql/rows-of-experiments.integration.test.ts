// Rows belong to a phase by a foreign key, and imported ones, which have none, to their experiment by triggers: whichever
// it is, no row is without its experiment.

import { randomUUID } from "node:crypto";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AssignmentsRepository } from "../serve/assignments.repository";
import { createFixture, type Fixture } from "../testing/database-fixtures";

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
});
afterAll(() => fixture.close());

const run = (text: string, values: unknown[] = []) => fixture.database.pool.query(text, values);
const count = async (table: string, slug: string) =>
  Number((await run(`SELECT count(*) FROM "${table}" WHERE "experimentSlug" = $1`, [slug])).rows[0].count);

async function aFeature({ type = "EXPERIMENT", phases = 2 } = {}): Promise<string> {
  const slug = `a-${randomUUID()}`;
  await run(`INSERT INTO "Feature" ("slug", "type") VALUES ($1, $2::"FeatureType")`, [slug, type]);
  await run(
    `INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage")
     SELECT $1, number, '{}', 100 FROM generate_series(1, $2::int) AS number`,
    [slug, phases],
  );
  return slug;
}

const ROW = `INSERT INTO "ExperimentVariant" ("experimentSlug", "visitorId", "variant", "assignmentType", "epoch")
  VALUES ($1, gen_random_uuid(), 'control', CASE WHEN $2::int IS NULL THEN 'IMPORTED' ELSE 'DETERMINISTIC' END::"AssignmentType", $2)
  RETURNING "id"`;

const KINDS: [kind: string, rows: (slug: string) => Promise<unknown>][] = [
  ["nothing", async () => undefined],
  ["rows of two phases", (slug) => Promise.all([1, 2].map((epoch) => run(ROW, [slug, epoch])))],
  ["imported rows", (slug) => run(ROW, [slug, null])],
  ["both", (slug) => Promise.all([1, null].map((epoch) => run(ROW, [slug, epoch])))],
  [
    "rows of an erased person",
    (slug) =>
      run(
        `INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "assignmentType", "epoch") VALUES ($1, 'control', 'RANDOM', 1)`,
        [slug],
      ),
  ],
  [
    "conversions",
    async (slug) => {
      for (const epoch of [1, null]) {
        const { rows } = await run(ROW, [slug, epoch]);
        await run(
          `INSERT INTO "ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey") VALUES ($1, 'sold', '1')`,
          [rows[0].id],
        );
      }
    },
  ],
];

describe.each(["EXPERIMENT", "RELEASE"])("of the type %s", (type) => {
  test.each(KINDS)(
    "one with %s is deleted with all that belongs to it, and nothing of others",
    async (_, fill) => {
      const [slug, other] = [await aFeature({ type }), await aFeature({ type })];
      await fill(slug);
      await Promise.all([1, null].map((epoch) => run(ROW, [other, epoch])));
      await run(`DELETE FROM "Feature" WHERE "slug" = $1`, [slug]);
      for (const table of ["ExperimentVariant", "ExperimentConversion", "ExperimentEpoch"])
        expect([table, await count(table, slug)]).toEqual([table, 0]);
      expect(await count("ExperimentVariant", other)).toBe(2);
    },
  );
});

test.each([1, null])("a row of phase %s without an experiment is refused, new or changed", async (epoch) => {
  const missing = `missing-${randomUUID()}`;
  await expect(run(ROW, [missing, epoch])).rejects.toMatchObject({ code: "23503" });
  const { rows } = await run(ROW, [await aFeature(), epoch]);
  await expect(
    run(`UPDATE "ExperimentVariant" SET "experimentSlug" = $2 WHERE "id" = $1`, [rows[0].id, missing]),
  ).rejects.toMatchObject({ code: "23503" });
});

test("a phase is not deleted while it has rows", async () => {
  const slug = await aFeature();
  await run(ROW, [slug, 1]);
  const deletePhase = (number: number) =>
    run(`DELETE FROM "ExperimentEpoch" WHERE "experimentSlug" = $1 AND "number" = $2`, [slug, number]);
  await expect(deletePhase(1)).rejects.toMatchObject({ code: "23503" });
  await deletePhase(2);
});

test("rows follow a flag that gets another name", async () => {
  const slug = await aFeature({ type: "RELEASE" });
  await Promise.all([1, null].map((epoch) => run(ROW, [slug, epoch])));
  await run(`UPDATE "Feature" SET "slug" = $1 || '-renamed' WHERE "slug" = $1`, [slug]);
  expect(await count("ExperimentVariant", `${slug}-renamed`)).toBe(2);
  await run(`DELETE FROM "Feature" WHERE "slug" = $1`, [`${slug}-renamed`]);
  expect(await count("ExperimentVariant", `${slug}-renamed`)).toBe(0);
});

describe("at the same time", () => {
  let writer: pg.Client;
  beforeAll(async () => {
    writer = new pg.Client({ connectionString });
    await writer.connect();
  });
  afterAll(() => writer.end());

  const someoneWaits = () =>
    expect
      .poll(async () => (await run(`SELECT count(*)::int FROM pg_locks WHERE NOT granted`)).rows[0].count, {
        timeout: 20_000,
      })
      .toBeGreaterThan(0);

  test.each([1, null])(
    "a row of phase %s that is being written is waited for, and deleted",
    async (epoch) => {
      const slug = await aFeature();
      await writer.query("BEGIN");
      await writer.query(ROW, [slug, epoch]);
      const deletion = run(`DELETE FROM "Feature" WHERE "slug" = $1`, [slug]);
      await someoneWaits();
      await writer.query("COMMIT");
      await deletion;
      expect(await count("ExperimentVariant", slug)).toBe(0);
    },
  );

  test.each([1, null])("what is being deleted takes no new row of phase %s", async (epoch) => {
    const slug = await aFeature();
    await writer.query("BEGIN");
    await writer.query(`DELETE FROM "Feature" WHERE "slug" = $1`, [slug]);
    const refused = expect(run(ROW, [slug, epoch])).rejects.toMatchObject({ code: "23503" });
    await someoneWaits();
    await writer.query("COMMIT");
    await refused;
  });

  test("who is assigned meanwhile is told that there is no such experiment, and others are assigned", async () => {
    const [gone, there] = [await aFeature(), await aFeature()];
    const repository = new AssignmentsRepository(fixture.database.pool);
    await writer.query("BEGIN");
    await writer.query(`DELETE FROM "Feature" WHERE "slug" = $1`, [gone]);
    const assigned = Promise.all(
      [gone, there].map((slug) =>
        repository.insert([
          {
            slug,
            unit: "visitor",
            unitId: randomUUID(),
            variant: "control",
            assignmentType: "deterministic",
            epoch: 1,
            isProvisional: false,
          },
        ]),
      ),
    );
    await someoneWaits();
    await writer.query("COMMIT");
    expect(await assigned).toEqual([[null], [expect.objectContaining({ slug: there, isNew: true })]]);
  });
});
