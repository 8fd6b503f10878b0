import { testDatabase } from "@calcom/embedded-postgres/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { aRunningExperiment, createFixture, type Fixture } from "../../testing/database-fixtures";
import { manySubjects } from "../testing/rows";

const { connectionString } = await testDatabase();
const DAY_MS = 86_400_000;
const metricsOf = (max: number) => {
  const metrics = new MetricRegistry();
  const bounds = { min: 0, max };
  metrics.register([
    defineMetric({ key: "clicks", name: "Clicks", kind: "mean", source: { events: ["clicked"] }, bounds }),
  ]);
  return { metrics };
};
let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, metricsOf(3));
});
afterAll(() => fixture.close());

/** Twice as many click with the treatment, on ten days; then it is concluded. */
async function aConcludedExperiment(): Promise<string> {
  const { slug } = await aRunningExperiment(fixture, {
    unit: "visitor",
    conversionWindowDays: 3,
    metrics: { primary: "clicks", secondary: [], guardrails: [] },
  });
  const { pool } = fixture.database;
  for (let day = 0; day < 10; day++) {
    const exposedAt = new Date(Date.now() - (20 - day) * DAY_MS);
    await manySubjects(pool, slug, { variant: "control", n: 100, converted: 25, exposedAt });
    await manySubjects(pool, slug, { variant: "urgent", n: 100, converted: 50, exposedAt });
  }
  const { version } = await fixture.module.admin.catalog.get(fixture.admin, slug);
  await fixture.module.admin.lifecycle.conclude(fixture.admin, { slug, version, winnerVariant: "urgent" });
  return slug;
}

const RELEASES: [string, { metrics: MetricRegistry }][] = [
  ["defines its metric in another way", metricsOf(2)],
  ["has removed its metric", { metrics: new MetricRegistry() }],
];

test.each(RELEASES)(
  "what was concluded from stays at every door, once code %s and rows are gone",
  async (_, release) => {
    const slug = await aConcludedExperiment();
    const { admin, module } = fixture;
    const before = await module.results.get(admin, slug);
    const told = await module.admin.reports.read(admin, slug);
    const csv = await module.results.exportCsv(admin, slug);
    expect(before.result?.analysis?.verdict.code).toBe("better");
    await fixture.database.pool.query(
      `DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "variant" = 'urgent'`,
      [slug],
    );
    const later = await createFixture(connectionString, release);
    try {
      // A page that was opened before the end still has the button.
      const { result, receipt } = await later.module.results.refresh(later.admin, slug);
      expect(receipt).toEqual(before.receipt);
      expect(result).toEqual(before.result);
      expect(await later.module.results.exportCsv(later.admin, slug)).toBe(csv);
      const report = await later.module.admin.reports.read(later.admin, slug);
      expect([report.metrics, report.view]).toEqual([told.metrics, told.view]);
      expect(report.metrics).toEqual([{ key: "clicks", name: "Clicks", role: "primary" }]);
      const { chosenAfterStart } = await later.module.admin.catalog.get(later.admin, slug);
      const { items } = await later.module.admin.catalog.list(later.admin, { search: slug });
      expect([chosenAfterStart, items[0]?.chosenAfterStart]).toEqual([[], []]);
    } finally {
      await later.close();
    }
  },
);

test("a report of what runs names a metric that no code defines any more, by its key", async () => {
  const metrics = { primary: "clicks", secondary: [], guardrails: [] };
  const { slug } = await aRunningExperiment(fixture, { metrics });
  const later = await createFixture(connectionString, { metrics: new MetricRegistry() });
  try {
    const { metrics } = await later.module.admin.reports.read(later.admin, slug);
    expect(metrics).toEqual([{ key: "clicks", name: "clicks", role: "primary", isUnknown: true }]);
  } finally {
    await later.close();
  }
});
