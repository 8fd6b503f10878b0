import { readFileSync } from "node:fs";
import path from "node:path";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { compileCondition } from "../../../lib/conditions/compile";
import type { Condition } from "../../../lib/conditions/condition";
import {
  type ConditionGroup,
  type ConditionNode,
  RULE_OPERATORS,
  readScalar,
  toCondition,
  writeScalar,
} from "./condition-model";
import { fromCondition } from "./read-condition";

describe("a condition", () => {
  test.each<[string, Condition]>([
    ["of one value", { country: "DE" }],
    ["of several attributes", { country: { $in: ["DE", "AT"] }, age: { $gte: 18 } }],
    ["of alternatives", { $or: [{ country: "DE" }, { country: "AT" }] }],
    ["with groups in groups", { plan: "teams", $or: [{ a: 1 }, { $and: [{ b: 2 }, { b: { $ne: 3 } }] }] }],
    ["of presence", { email: { $exists: false } }],
    ["of versions and patterns", { app: { $vgte: "1.2.0" }, email: { $regex: "@example\\.com$" } }],
    ["of texts that look like numbers", { zip: "01234", code: "42", flag: "true" }],
  ])("%s is the same after the form", (_what, condition) => {
    const group = fromCondition(condition);
    expect(group && toCondition(group)).toEqual(condition);
  });

  test.each<[string, Condition]>([
    ["$nor", { $nor: [{ a: 1 }] }],
    ["$not beside an attribute", { a: { $not: { $gt: 1 } } }],
    ["two operators beside one attribute", { age: { $gte: 18, $lt: 30 } }],
    ["$elemMatch", { tags: { $elemMatch: { $eq: "a" } } }],
    ["a list to equal", { tags: ["a"] }],
  ])("with %s says more than the rules of the form, and is left as it is", (_what, condition) => {
    expect(fromCondition(condition)).toBeNull();
  });

  test("of rules that are still empty restricts nothing", () => {
    const rule: ConditionNode = { kind: "rule", path: " ", operator: "is", values: ["DE"] };
    expect(toCondition({ kind: "group", join: "any", children: [rule] })).toEqual({});
  });
});

property.prop([
  fc.oneof(fc.string(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
])("a value that was written is read as what it was", (value) => {
  // Space around a text is what a hand leaves there.
  fc.pre(typeof value !== "string" || value === value.trim());
  expect(readScalar(writeScalar(value))).toEqual(Object.is(value, -0) ? 0 : value);
});

const rule = fc.record({
  kind: fc.constant("rule" as const),
  path: fc.constantFrom("country", "age", "address.city"),
  operator: fc.constantFrom("is", "is_not", "is_one_of", "is_over", "is_known", "is_unknown" as const),
  values: fc.array(fc.constantFrom("DE", "AT", "18", "true"), { minLength: 1, maxLength: 3 }),
});
const { group } = fc.letrec<{ node: ConditionNode; group: ConditionGroup }>((tie) => ({
  node: fc.oneof({ maxDepth: 2 }, rule as fc.Arbitrary<ConditionNode>, tie("group")),
  group: fc.record({
    kind: fc.constant("group" as const),
    join: fc.constantFrom("all" as const, "any" as const),
    children: fc.array(tie("node"), { minLength: 1, maxLength: 3 }),
  }),
}));

property.prop([group, fc.record({ country: fc.constantFrom("DE", "FR"), age: fc.constantFrom(17, 18, 19) })])(
  "what goes through the form and back chooses the same people",
  (typed, attributes) => {
    const condition = toCondition(typed);
    const again = fromCondition(condition);
    expect(again).not.toBeNull();
    const matches = (of: Condition) => compileCondition(of).matches(attributes);
    expect(again && matches(toCondition(again))).toBe(matches(condition));
  },
);

test.each(["en", "de"])("every operator has its text in the language %s", (language) => {
  const file = `../../../../../../apps/web/public/static/locales/${language}/common.json`;
  const texts: object = JSON.parse(readFileSync(path.join(import.meta.dirname, file), "utf8"));
  const asked = Object.keys(RULE_OPERATORS).map((operator) => `condition_${operator}`);
  expect(asked.filter((key) => !Object.hasOwn(texts, key))).toEqual([]);
});
