import type { Json } from "@calcom/lib/json";
import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { listDifferences } from "./differences";

test("every leaf that differs is named by its path, and nothing else", () => {
  const before = { name: "A", variants: [{ name: "control", percentage: 50 }], rules: { plans: ["teams"] } };
  const after: Json = {
    name: "A",
    variants: [{ name: "control", percentage: 40 }, { name: "b" }],
    rules: {},
  };
  expect(listDifferences(before, after)).toEqual([
    { path: "variants.0.percentage", before: 50, after: 40 },
    { path: "variants.1.name", before: undefined, after: "b" },
    { path: "rules.plans.0", before: "teams", after: undefined },
  ]);
});

test("what says something only as a whole is told as a whole, and what is empty is told too", () => {
  const isWhole = (path: string) => path === "rules.0";
  expect(listDifferences({ rules: [{ from: 0, to: 5 }] }, { rules: [{ from: 0, to: 9 }] }, isWhole)).toEqual([
    { path: "rules.0", before: { from: 0, to: 5 }, after: { from: 0, to: 9 } },
  ]);
  expect(listDifferences({}, { rules: [], plan: {} })).toEqual([
    { path: "rules", before: undefined, after: [] },
    { path: "plan", before: undefined, after: {} },
  ]);
});

test("a key of a prototype is no value of the object", () => {
  expect(listDifferences({}, JSON.parse('{"constructor": 1}'))).toEqual([
    { path: "constructor", before: undefined, after: 1 },
  ]);
});

const json = fc.jsonValue() as fc.Arbitrary<Json>;
property.prop([json])("what is the same does not differ", (value) => {
  expect(listDifferences(value, structuredClone(value))).toEqual([]);
});
property.prop([json, json])("what differs is told, both ways round", (a, b) => {
  const there = listDifferences(a, b);
  expect(there.length === 0).toBe(
    JSON.stringify(a) === JSON.stringify(b) || listDifferences(b, a).length === 0,
  );
  expect(
    listDifferences(b, a)
      .map(({ path }) => path)
      .sort(),
  ).toEqual(there.map(({ path }) => path).sort());
});
