import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aMetric, createFixture, type Fixture } from "../testing/database-fixtures";
import { metricChangeSchema } from "../types/metric-catalog";

const { connectionString } = await testDatabase();
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString);
  // The second write of each change ends the session that makes it, as a server that goes down in between does.
  await fixture.database.pool.query(`
    CREATE FUNCTION go_down() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM pg_terminate_backend(pg_backend_pid());
      RETURN NEW;
    END $$;
    CREATE TRIGGER a_go_down BEFORE INSERT ON "ExperimentMetricVersion" FOR EACH ROW EXECUTE FUNCTION go_down()`);
});
afterAll(() => fixture.close());

const goesDown = (does: boolean) =>
  fixture.database.pool.query(
    `ALTER TABLE "ExperimentMetricVersion" ${does ? "ENABLE" : "DISABLE"} TRIGGER a_go_down`,
  );
const catalog = () => fixture.module.admin.metricCatalog;
const audited = async (key: string) =>
  (
    await fixture.database.pool.query(
      `SELECT FROM "AuditLog" WHERE "rowKey" = $1 OR "rowKey" LIKE $1 || ':%'`,
      [key],
    )
  ).rowCount;

test("a server that goes down while a metric is made leaves neither metric nor version, and it can be made again", async () => {
  await goesDown(true);
  await expect(catalog().create(fixture.admin, aMetric({ key: "half" }))).rejects.toThrow();
  await goesDown(false);
  await expect(catalog().get(fixture.admin, "half")).rejects.toMatchObject({ code: "not_found" });
  expect(await audited("half")).toBe(0);
  expect(await catalog().create(fixture.admin, aMetric({ key: "half" }))).toMatchObject({ version: 1 });
});

test("and while a metric is changed, leaves it as it was, with the same revision for the next try", async () => {
  await goesDown(false);
  const { revision, version } = await catalog().create(fixture.admin, aMetric({ key: "changed" }));
  const { definition } = aMetric();
  const change = metricChangeSchema.parse({
    description: "New",
    definition: { ...definition, name: "Another name" },
  });
  const ask = () => catalog().change(fixture.admin, { key: "changed", revision: revision ?? 0, change });
  await goesDown(true);
  await expect(ask()).rejects.toThrow();
  await goesDown(false);
  expect(await catalog().get(fixture.admin, "changed")).toMatchObject({ revision, version, description: "" });
  expect(await ask()).toMatchObject({ description: "New", version: (version ?? 0) + 1 });
});
