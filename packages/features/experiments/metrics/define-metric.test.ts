import { analyseExperiment } from "@calcom/statistics";
import { describe, expect, test } from "vitest";
import { computeResult } from "../results/recount/compute";
import { nameVersion } from "../results/recount/versions";
import { aConfig } from "../testing/builders";
import { defineMetric, type MetricDefinition } from "./define-metric";

const revenue: MetricDefinition = {
  key: "revenue",
  name: "Revenue",
  kind: "mean",
  source: { events: ["paid"], take: "value" },
};

describe("the currency of a metric", () => {
  test("is one that exists, else the definition is refused with a sentence that says so", () => {
    expect(defineMetric({ ...revenue, currency: "EUR" })).toMatchObject({ currency: "EUR" });
    for (const currency of ["EURO", "eur", "€", "XQX"])
      expect(() => defineMetric({ ...revenue, currency })).toThrow(
        /is no currency: give its code of ISO 4217/,
      );
  });

  test("is for means and ratios: a share is not paid", () => {
    const ratio: MetricDefinition = {
      key: "price",
      name: "Price",
      kind: "ratio",
      numerator: { events: ["paid"], take: "value" },
      denominator: { events: ["booked"] },
    };
    expect(defineMetric({ ...ratio, currency: "JPY" })).toMatchObject({ currency: "JPY" });
    const share = { ...revenue, kind: "conversion", currency: "EUR" } as unknown as MetricDefinition;
    expect(() => defineMetric(share)).toThrow(/currency/);
  });

  test("is kept with the results, and absent from those of other metrics", async () => {
    const metrics = [defineMetric({ ...revenue, key: "paid", currency: "EUR" }), defineMetric(revenue)];
    const { metrics: kept } = await computeResult({
      slug: "upgrade-button-test",
      config: aConfig(),
      epochs: [],
      planning: {
        metrics: metrics.map((metric) => ({ metric, role: "secondary" })),
        unknown: [],
        broken: [],
      },
      recount: { imported: 0, mixed: 0, population: [], erased: [], moments: [], novelty: [], segments: [] },
      asOf: new Date("2026-11-05"),
      previous: null,
      analyse: analyseExperiment,
    });
    expect(kept.map(({ key, currency }) => [key, currency])).toEqual([
      ["paid", "EUR"],
      ["revenue", undefined],
    ]);
    expect(kept[1]).not.toHaveProperty("currency");
  });

  test("makes no other metric of it: the looks of before are gone on from", () => {
    const [without, dollars, dearer] = [
      defineMetric(revenue),
      defineMetric({ ...revenue, currency: "USD" }),
      defineMetric({ ...revenue, currency: "USD", bounds: { min: 0, max: 9 } }),
    ];
    expect(nameVersion(dollars)).toBe(nameVersion(without));
    expect(nameVersion(dearer)).not.toBe(nameVersion(without));
  });
});
