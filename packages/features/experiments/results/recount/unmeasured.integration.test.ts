import { testDatabase } from "@calcom/embedded-postgres/testing";
import { sampled } from "@calcom/lib/env-of-tests";
import { readOwnJson } from "@calcom/lib/json";
import { logger } from "@calcom/lib/logger";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { defineMetric, type MetricDefinition } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { createFixture, createUser, type Fixture } from "../../testing/database-fixtures";
import { takePart } from "../../testing/person-fixtures";
import { aClearExperiment, manyOrder } from "./testing/clear-experiment";

const { connectionString } = await testDatabase();

const query = { user: `SELECT "userId" AS subject, "at", "price" / "rate" AS value FROM "Order"` };
const SPENT: MetricDefinition = { key: "spent", name: "Spent", kind: "mean", source: { query } };
const PER_ORDER: MetricDefinition = {
  key: "per-order",
  name: "Spent per order",
  kind: "ratio",
  numerator: { query },
  denominator: { query: { user: `SELECT "userId" AS subject, "at", 1 AS value FROM "Order"` } },
};
const BOUGHT: MetricDefinition = {
  key: "bought",
  name: "Bought",
  kind: "conversion",
  source: { query: { user: `SELECT "userId" AS subject, "at" FROM "Order" WHERE "price" / "rate" > 0` } },
};
const DATED: MetricDefinition = {
  key: "dated",
  name: "Dated",
  kind: "conversion",
  source: { query: { user: `SELECT "userId" AS subject, "written"::timestamptz AS at FROM "Order"` } },
};
const ADJUSTED: MetricDefinition = { ...SPENT, key: "adjusted", name: "Adjusted", covariate: { days: 14 } };

function registryOf(...definitions: MetricDefinition[]): MetricRegistry {
  const registry = new MetricRegistry();
  registry.register(definitions.map(defineMetric));
  return registry;
}

let fixture: Fixture;
/** The release in which code no longer defines one of them, and another as something else. */
let deployed: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, {
    metrics: registryOf(SPENT, PER_ORDER, BOUGHT, DATED, ADJUSTED),
  });
  deployed = await createFixture(connectionString, {
    metrics: registryOf({ ...BOUGHT, direction: "decrease" }, PER_ORDER, DATED, ADJUSTED),
  });
});
beforeEach(() =>
  sql(`DROP TABLE IF EXISTS "Order"; CREATE TABLE "Order"
    ("userId" int, "at" timestamptz, "price" numeric, "rate" numeric DEFAULT 1, "written" text DEFAULT '2026-01-01')`),
);
afterEach(() => vi.restoreAllMocks());
afterAll(() => Promise.all([fixture.close(), deployed.close()]));

const sql = (text: string, values: unknown[] = []) => fixture.database.pool.query(text, values);
const refresh = (slug: string, on = fixture) => on.module.results.refresh(on.admin, slug);

/** What of an order a query stumbles over. Its rows are of somebody who takes part. */
const FAULTS: Record<string, { statement: string; fault: string; metric: string }> = {
  "divides by zero": {
    statement: `UPDATE "Order" SET "rate" = 0`,
    fault: "its query divides by zero",
    metric: "spent",
  },
  "divides by zero in its condition": {
    statement: `UPDATE "Order" SET "rate" = 0`,
    fault: "its query divides by zero",
    metric: "bought",
  },
  "divides by zero in its numerator": {
    statement: `UPDATE "Order" SET "rate" = 0`,
    fault: "its query divides by zero",
    metric: "per-order",
  },
  "divides by zero before the exposure, in its covariate": {
    statement: `UPDATE "Order" SET "rate" = 0, "at" = now() - interval '30 days'`,
    fault: "its query divides by zero",
    metric: "adjusted",
  },
  "gives a number beyond all bounds": {
    statement: `UPDATE "Order" SET "price" = 1e400`,
    fault: "its query gives a number that is out of range",
    metric: "spent",
  },
  "reads a date that is none": {
    statement: `UPDATE "Order" SET "written" = '30 February'`,
    fault: "its query reads a date or time that is not valid",
    metric: "dated",
  },
  "has lost its column": {
    statement: `ALTER TABLE "Order" DROP COLUMN "price"`,
    fault: "a column that its query reads doesn’t exist",
    metric: "spent",
  },
  "has lost its table": {
    statement: `DROP TABLE "Order"`,
    fault: "a table that its query reads doesn’t exist",
    metric: "spent",
  },
};

/** Takes part as a visitor who signs in, and has ordered before and since. */
async function somebodyOrders(slug: string): Promise<void> {
  const userId = await createUser(fixture.database);
  await sql(
    `WITH browser AS (
       SELECT "id", "visitorId", "exposedAt" FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "visitorId" IS NOT NULL
       ORDER BY "exposedAt" LIMIT 1
     ), linked AS (
       INSERT INTO "VisitorLink" ("visitorId", "userId", "linkedAt")
       SELECT "visitorId", $2, "exposedAt" - interval '40 days' FROM browser
     )
     INSERT INTO "Order" ("userId", "at", "price") SELECT $2, "exposedAt" + interval '1 hour', 10 FROM browser`,
    [slug, userId],
  );
}

const ROLES = ["primary", "secondary", "guardrail"] as const;

describe.each(Object.keys(FAULTS))("a metric whose query %s", (name) => {
  const { statement, fault, metric } = FAULTS[name] as (typeof FAULTS)[string];
  const place = Object.keys(FAULTS).indexOf(name);

  test.each(sampled(ROLES, (_, index) => index === place % ROLES.length))(
    "as the %s one harms itself alone, and is named with its reason",
    async (role) => {
      const warn = vi.spyOn(logger, "warn").mockImplementation(() => {});
      const slug = await aClearExperiment(fixture, {
        ...(role === "primary" ? { primary: metric, secondary: ["event:clicked"] } : {}),
        ...(role === "secondary" ? { secondary: [metric] } : {}),
        ...(role === "guardrail" ? { guardrails: [metric] } : {}),
      });
      await somebodyOrders(slug);
      const before = await refresh(slug);
      expect(before.result?.unmeasured).toEqual([]);
      await sql(statement);
      const { result } = await refresh(slug);
      expect(result?.exposed).toEqual(before.result?.exposed);
      expect(result?.metrics.map(({ key }) => key)).toEqual(["event:clicked"]);
      expect(result?.unmeasured).toMatchObject([{ key: metric, role, fault: { text: fault } }]);
      expect(result?.analysis?.verdict).toMatchObject(
        role === "secondary"
          ? { code: "better" }
          : { code: "no_answer", reason: { code: "not_measured", metric, role } },
      );
      const { items } = await fixture.module.admin.catalog.list(fixture.admin, { search: slug });
      expect(items[0]?.health).toMatchObject({
        verdict: role === "secondary" ? "better" : "no_answer",
        problems: expect.arrayContaining(["metric_broken"]),
        broken: [result?.unmeasured?.[0]?.name],
      });
      const exported = readOwnJson(await fixture.module.results.exportJson(fixture.admin, slug)) as {
        result: typeof result;
      };
      expect(exported.result?.analysis?.verdict).toEqual(result?.analysis?.verdict);
      expect(warn).toHaveBeenCalledWith(expect.any(String), { slug, metric, fault });
    },
  );
});

describe("a guardrail that was registered at the start is missed, so that nothing is called safe", () => {
  const missed = async (slug: string, on: Fixture, metric: string, fault: string) => {
    const { result } = await refresh(slug, on);
    expect(result?.analysis?.verdict).toEqual({
      code: "no_answer",
      reason: { code: "not_measured", metric, role: "guardrail" },
    });
    expect(result?.unmeasured).toMatchObject([{ key: metric, fault: { text: fault } }]);
    const preview = await on.module.results.previewEnd(on.admin, slug);
    expect(preview.result?.analysis?.verdict).toMatchObject({ code: "no_answer", reason: { metric } });
  };

  test("where no code defines it any more, and it is safe again once code does", async () => {
    const slug = await aClearExperiment(fixture, { guardrails: ["spent"] });
    await manyOrder(fixture, slug, 20);
    expect((await refresh(slug)).result?.analysis?.verdict.code).toBe("better");
    await missed(slug, deployed, "spent", "no code defines it");
    expect((await refresh(slug)).result?.analysis?.verdict.code).toBe("better");
  });

  test("where code defines it as something else", async () => {
    const slug = await aClearExperiment(fixture, { guardrails: ["bought"] });
    await missed(slug, deployed, "bought", "its definition has changed since the start");
  });

  test.each([
    ["no metric of it", { secondary: [], guardrails: [] }],
    ["a secondary metric", { secondary: ["spent"], guardrails: [] }],
  ])("where somebody has made %s by hand", async (_, others) => {
    const slug = await aClearExperiment(fixture, { guardrails: ["spent"] });
    await sql(`UPDATE "Feature" SET "metadata" = jsonb_set("metadata", '{metrics}', $2) WHERE "slug" = $1`, [
      slug,
      JSON.stringify({ primary: "event:clicked", ...others }),
    ]);
    await missed(slug, fixture, "spent", "it was a guardrail at the start but no longer is");
  });

  test("in the receipt too, which follows from its counts all the same", async () => {
    const slug = await aClearExperiment(fixture, { guardrails: ["spent"] });
    const { version } = await deployed.module.admin.catalog.get(deployed.admin, slug);
    await deployed.module.admin.lifecycle.conclude(deployed.admin, { slug, version, winnerVariant: null });
    const { result, receipt } = await deployed.module.results.get(deployed.admin, slug);
    expect(receipt).not.toBeNull();
    expect(result?.analysis?.verdict).toMatchObject({ reason: { code: "not_measured", metric: "spent" } });
    expect(await deployed.module.verification.verify(slug)).toMatchObject({
      matches: true,
      changes: [],
      remarks: ["The guardrail spent could not be measured: no code defines it."],
    });
  });
});

test("two faulty metrics are both left out, and what is counted of events goes on from what was counted before", async () => {
  vi.spyOn(logger, "warn").mockImplementation(() => {});
  const slug = await aClearExperiment(fixture, { secondary: ["spent", "dated", "event:clicked-too"] });
  await somebodyOrders(slug);
  await sql(`UPDATE "Order" SET "rate" = 0, "written" = 'never'`);
  expect((await refresh(slug)).result?.unknownMetrics).toEqual(["spent", "dated"]);
  const user = await createUser(fixture.database);
  await takePart(fixture, user, slug).catch(() => {});
  const { result } = await refresh(slug);
  expect(result?.metrics.map(({ key }) => key)).toEqual(["event:clicked", "event:clicked-too"]);
  expect(result?.analysis?.verdict.code).toBe("better");
});
