import { testDatabase } from "@calcom/embedded-postgres/testing";
import { readOwnJson } from "@calcom/lib/json";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defineMetric } from "../../metrics/define-metric";
import { MetricRegistry } from "../../metrics/registry";
import { createFixture, type Fixture } from "../../testing/database-fixtures";
import type { StoredResult } from "../types";
import { tellVerification } from "./tell-verification";
import { aClearExperiment, manyOrder } from "./testing/clear-experiment";

const { connectionString } = await testDatabase();

const query = { user: `SELECT "userId" AS subject, "at", "price" AS value FROM "Order"` };
const metrics = new MetricRegistry();
metrics.register(
  [
    { key: "spent", name: "Spent", kind: "mean", source: { query } } as const,
    {
      key: "per-order",
      name: "Spent per order",
      kind: "ratio",
      numerator: { query },
      denominator: { query },
    } as const,
  ].map((one) => defineMetric(one)),
);

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture(connectionString, { metrics });
});
beforeEach(() =>
  fixture.database.pool.query(
    `DROP TABLE IF EXISTS "Order"; CREATE TABLE "Order" ("userId" int, "at" timestamptz, "price" numeric)`,
  ),
);
afterAll(() => fixture.close());

const refresh = async (slug: string) => (await fixture.module.results.refresh(fixture.admin, slug)).result;

// Nobody has ordered anything, and nobody has asked for a refund.
const CASES = [
  ["event:refunded", "too_few_conversions"],
  ["spent", "no_variation"],
  ["per-order", "zero_denominator"],
] as const;

describe.each(CASES)("while the guardrail %s is measured, and not compared (%s)", (guardrail, code) => {
  const verdict = {
    code: "no_answer",
    reason: {
      code: "guardrail_not_compared",
      metric: guardrail,
      variant: "urgent",
      reason: expect.objectContaining({ code }),
    },
  };

  test("nothing is called safe in results, list, export, report and shared link", async () => {
    const slug = await aClearExperiment(fixture, { guardrails: [guardrail] });
    const { module, admin } = fixture;
    expect((await refresh(slug))?.analysis?.verdict).toEqual(verdict);
    const { items } = await module.admin.catalog.list(admin, { search: slug });
    expect(items[0]?.health).toMatchObject({ verdict: "unguarded" });
    const exported = readOwnJson(await module.results.exportJson(admin, slug)) as { result: StoredResult };
    expect(exported.result.analysis?.verdict).toEqual(verdict);
    expect(await module.results.exportCsv(admin, slug)).toMatch(
      new RegExp(`^${guardrail},guardrail,urgent,.*,${code},`, "m"),
    );
    const report = await module.admin.reports.read(admin, slug);
    expect(report.view.result?.analysis?.verdict).toEqual(verdict);
    const { token } = await module.admin.reports.mintLink(admin, { slug, days: 7 });
    expect((await module.sharedReports.open(token))?.view.result?.analysis?.verdict).toEqual(verdict);
    const preview = await module.results.previewEnd(admin, slug);
    expect(preview.result?.analysis?.verdict).toEqual(verdict);
  });

  test("the experiment can be concluded all the same, and its receipt names what was missing", async () => {
    const slug = await aClearExperiment(fixture, { guardrails: [guardrail] });
    const { module, admin } = fixture;
    await refresh(slug);
    const { version } = await module.admin.catalog.get(admin, slug);
    await module.admin.lifecycle.conclude(admin, {
      slug,
      version,
      winnerVariant: "urgent",
      learning: "It sells more. Nobody has measured whether it costs more.",
    });
    const { result, receipt } = await module.results.get(admin, slug);
    expect(receipt).not.toBeNull();
    expect(result?.analysis?.verdict).toEqual(verdict);
    const told = tellVerification(await module.verification.verify(slug));
    expect(told).toContain("the receipt holds");
    expect(told).toMatch(new RegExp(`The guardrail ${guardrail} was not compared for urgent: \\S`));
  });
});

test("it is safe where the guardrail is compared", async () => {
  const slug = await aClearExperiment(fixture, { guardrails: ["spent"] });
  await manyOrder(fixture, slug, 20);
  expect((await refresh(slug))?.analysis?.verdict.code).toBe("better");
});
