import { written } from "@calcom/lib/sentence";
import { describe, expect, test } from "vitest";
import { type CatalogDefinitionInput, metricDefinitionSchema } from "../types/metric-catalog";
import { compileMetric } from "./compile-metric";
import { defineSource, type SourceDefinition } from "./define-source";

const bookings: SourceDefinition = {
  key: "bookings",
  name: "Bookings",
  query: { user: `SELECT 1 AS subject -- a comment at its end`, team: "SELECT 2 AS subject" },
  values: { price: { name: "Price", currency: "USD" }, minutes: { name: "Minutes" } },
  filters: {
    type: { name: "Type", type: "text" },
    minutes: { name: "Minutes", type: "number" },
    paid: { name: "Paid", type: "boolean" },
  },
};

const term = (changes: object = {}) => ({ from: "source", source: "bookings", ...changes }) as const;

function compile(definition: CatalogDefinitionInput, source: SourceDefinition = bookings) {
  const sources = new Map([[source.key, defineSource(source)]]);
  return compileMetric({ key: "booked", definition: metricDefinitionSchema.parse(definition) }, sources);
}

function whereOf(filters: object[]): string {
  const compiled = compile({ kind: "conversion", name: "Booked", source: term({ filters }) });
  const metric = compiled.ok ? compiled.metric : null;
  if (metric?.kind !== "conversion" || !("query" in metric.source)) throw new Error("No query was made.");
  return metric.source.query.user?.split("\n) AS rows")[1]?.trim() ?? "";
}

test("rows are counted, and values summed in their currency, over the query of each unit", () => {
  expect(compile({ kind: "mean", name: "Price", source: term({ value: "price" }) })).toMatchObject({
    ok: true,
    metric: {
      key: "booked",
      currency: "USD",
      source: {
        query: {
          user: `SELECT "subject", "at", "price" AS value FROM (\n${bookings.query.user}\n) AS rows`,
          team: `SELECT "subject", "at", "price" AS value FROM (\n${bookings.query.team}\n) AS rows`,
        },
      },
    },
  });
  expect(whereOf([])).toBe("");
});

test("a cap and what was known before reach the engine as code would say them", () => {
  const [winsorize, covariate] = [{ percentile: 0.99 }, { days: 14 }];
  expect(
    compile({ kind: "mean", name: "Price", source: term({ value: "price" }), winsorize, covariate }),
  ).toMatchObject({
    ok: true,
    metric: { winsorize, covariate },
  });
  expect(compile({ kind: "conversion", name: "Booked", source: term(), covariate })).toMatchObject({
    ok: true,
    metric: { covariate },
  });
});

test.each([
  ["text", { filter: "type", operator: "is", constant: "call" }, `WHERE "type"::text = 'call'`],
  [
    "a quote",
    { filter: "type", operator: "is", constant: `'; DROP TABLE x --` },
    `WHERE "type"::text = '''; DROP TABLE x --'`,
  ],
  [
    "a backslash",
    { filter: "type", operator: "is_not", constant: "\\'" },
    `WHERE "type"::text IS DISTINCT FROM '\\'''`,
  ],
  [
    "a number",
    { filter: "minutes", operator: "at_least", constant: -1e21 },
    `WHERE "minutes"::float8 >= '-1e+21'::float8`,
  ],
  ["a boolean", { filter: "paid", operator: "is_not", constant: true }, `WHERE "paid" IS NOT TRUE`],
])("a filter by %s is a quoted constant", (_what, filter, expected) => {
  expect(whereOf([filter])).toBe(expected);
});

describe("what code does not offer", () => {
  test.each([
    ["a source that is gone", term({ source: "gone" }), /gone/],
    ["a value that is gone", term({ value: "gone" }), /the value gone/],
    ["a value that every object has", term({ value: "valueOf" }), /value/],
    [
      "a filter that is gone",
      term({ filters: [{ filter: "gone", operator: "is", constant: "a" }] }),
      /filter/,
    ],
    [
      "a constant of another type",
      term({ filters: [{ filter: "minutes", operator: "is", constant: "1" }] }),
      /fit/,
    ],
    [
      "an order of texts",
      term({ filters: [{ filter: "type", operator: "at_least", constant: "a" }] }),
      /fit/,
    ],
  ])("is a fault of the metric, and throws nothing: %s", (_what, source, text) => {
    const parsed = metricDefinitionSchema.safeParse({ kind: "conversion", name: "Booked", source });
    if (!parsed.success) return expect(JSON.stringify(source)).toContain("valueOf");
    const compiled = compile({ kind: "conversion", name: "Booked", source });
    expect(compiled.ok ? "" : written(compiled.fault)).toMatch(text);
  });
});

test("money for each row is money, and money by money is a number", () => {
  const ratio = (denominator: object) =>
    compile({
      kind: "ratio",
      name: "Price",
      numerator: term({ value: "price" }),
      denominator: term(denominator),
    });
  expect(ratio({})).toMatchObject({ metric: { currency: "USD" } });
  expect(ratio({ value: "price" })).not.toHaveProperty("metric.currency");
});
