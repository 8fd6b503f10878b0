import { expect, it } from "vitest";
import { compileCondition } from "./compile";
import type { Condition, ConditionOperand } from "./condition";

const matches = (condition: Condition, attributes: unknown): boolean =>
  compileCondition(condition).matches(attributes);

/** Of each operator: an operand, the values that it takes, and the nearest ones that it does not. */
const rows: [operator: string, operand: ConditionOperand, taken: unknown[], refused: unknown[]][] = [
  ["$eq", 5, [5], [4, "5", null, [5]]],
  [
    "$eq",
    { b: [1, { c: 2 }] },
    [{ b: [1, { c: 2 }] }],
    [{ b: [1] }, { b: [1, { c: 3 }] }, { b: 1 }, null, "b"],
  ],
  ["$eq", [1, 2], [[1, 2]], [[1], [2, 1], [1, 2, 3], { 0: 1, 1: 2 }, null]],
  ["$ne", 5, [4, "5", null], [5]],
  ["$in", ["x", 1], ["x", 1, ["w", "x"]], ["1", "y", null, [], ["w"]]],
  ["$nin", ["x", 1], ["1", "y", null, [], ["w"]], ["x", 1, ["w", "x"]]],
  ["$all", ["x", "y"], [["y", "z", "x"]], [["x"], [], "x", null]],
  ["$gt", 5, [5.1, 6], [5, 4, "6", null, [6]]],
  ["$gte", 5, [5, 6], [4.9, "5", null]],
  ["$lt", 5, [4.9, -1], [5, 6, "4", null]],
  ["$lte", 5, [5, 4], [5.1, "5", null]],
  ["$gte", "2026-02-01", ["2026-02-01", "2026-02-01T09:00:00Z"], ["2026-01-31", 2027, null]],
  ["$lt", "2026-02-01", ["2026-01-31T23:59:59Z"], ["2026-02-01", 2025, null]],
  ["$lte", "b", ["b", "a"], ["c", 1, null]],
  ["$exists", true, [0, "", false, []], [null, undefined]],
  ["$exists", false, [null, undefined], [0, "", false, []]],
  ["$type", "string", [""], [1, true, null, [], {}]],
  ["$type", "number", [0], ["0", true, null, [], {}]],
  ["$type", "boolean", [false], [0, "false", null, [], {}]],
  ["$type", "array", [[]], [{}, "[]", null, 0]],
  ["$type", "object", [{}], [[], null, "{}", 0]],
  ["$type", "null", [null, undefined], [0, "", false, [], {}]],
  ["$size", 2, [[1, 2]], [[1], [1, 2, 3], "ab", null]],
  ["$size", { $gt: 1 }, [[1, 2]], [[1], [], "ab", null]],
  ["$regex", "^a.c$", ["abc"], ["abcd", "", 5, null, ["abc"]]],
  ["$veq", "1.2.0", ["1.2.0", "1.2", "v1.2.0"], ["1.2.1", "1.2.0-rc.1", "x", 1.2, null]],
  ["$vne", "1.2.0", ["1.2.1", "x", null], ["1.2.0", "1.2"]],
  ["$vgt", "1.2.0", ["1.2.1", "1.10.0", "2"], ["1.2.0", "1.1.9", "1.2.0-rc.1", "x", 2, null]],
  ["$vgte", "1.2.0", ["1.2.0", "1.2.1"], ["1.1.9", "1.2.0-rc.1", "x", null]],
  ["$vlt", "1.2.0", ["1.1.9", "1.2.0-rc.1"], ["1.2.0", "1.2.1", "x", 1, null]],
  ["$vlte", "1.2.0", ["1.2.0", "1.1.9"], ["1.2.1", "1.10.0", "x", null]],
  ["$not", { $gt: 5 }, [5, "6", null], [6]],
  ["$elemMatch", { $gt: 5 }, [[1, 6]], [[1, 5], [], 6, null]],
  ["$elemMatch", { $not: { $gt: 5 } }, [[6, 5], [null]], [[6, 7], []]],
  ["$elemMatch", { b: 1 }, [[{ b: 2 }, { b: 1 }]], [[{ b: 2 }], [1], [null], { b: 1 }]],
  ["$elemMatch", { $not: { b: 1 } }, [[{ b: 2 }]], [[{ b: 1 }], [1], []]],
];

it.each(rows)("%s %j takes %j, and refuses %j", (operator, operand, taken, refused) => {
  const condition = { a: { [operator]: operand } };
  const path = { "x.a": { [operator]: operand } };
  const answers = (values: unknown[]) =>
    values.map((a) => [matches(condition, { a }), matches(path, { x: { a } })]);
  expect(answers(taken)).toEqual(taken.map(() => [true, true]));
  expect(answers(refused)).toEqual(refused.map(() => [false, false]));
});

it.each<[condition: Condition, number: number, isTaken: boolean]>([
  [{ $and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }, { a: { $ne: 3 } }] }, 2, true],
  [{ $and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }, { a: { $ne: 3 } }] }, 3, false],
  [{ $and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }, { a: { $ne: 3 } }] }, 1, false],
  [{ $and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }] }, 5, false],
  [{ $and: [{ a: { $gt: 1 } }, { a: { $lt: 5 } }] }, 4, true],
  [{ $or: [{ a: 1 }, { a: 2 }] }, 2, true],
  [{ $or: [{ a: 1 }, { a: 2 }] }, 3, false],
  [{ $or: [{ a: 1 }] }, 2, false],
  [{ $or: [] }, 2, true],
  [{ $and: [] }, 2, true],
  [{ $nor: [{ a: 1 }, { a: 2 }] }, 3, true],
  [{ $nor: [{ a: 1 }, { a: 2 }] }, 2, false],
  [{ $not: { a: 1 } }, 1, false],
  [{ a: { $gt: 1, $lt: 5, $ne: 3 } }, 3, false],
  [{ a: { $gt: 1, $lt: 5, $ne: 3 } }, 4, true],
])("%j of %i is %j", (condition, a, isTaken) => {
  expect(matches(condition, { a })).toBe(isTaken);
});

it("a path with a dot is read through objects, and never through lists or what an object inherits", () => {
  const condition: Condition = { "a.b": { $exists: true } };
  expect(matches(condition, { a: { b: 1 } })).toBe(true);
  for (const attributes of [{ a: [{ b: 1 }] }, { a: null }, { a: "b" }, { "a.b": 1 }, {}])
    expect(matches(condition, attributes)).toBe(false);
  expect(matches({ "a.constructor": { $exists: true } }, { a: {} })).toBe(false);
});
