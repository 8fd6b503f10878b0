import { readJson } from "@calcom/lib/gate/json-text";
import { describe, expect, it } from "vitest";
import { compileCondition } from "./compile";
import { conditionLimits as limits } from "./condition";
import { type Condition, conditionSchema } from "./schema";

const problemsOf = (input: unknown) => conditionSchema.safeParse(input).error?.issues ?? [];

const nested = (levels: number): Condition =>
  levels === 1 ? { plan: "teams" } : { $and: [nested(levels - 1)] };
const many = (count: number): Condition =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`attribute${index}`, index]));

describe("conditionSchema", () => {
  it.each<[string, Condition]>([
    ["nothing", {}],
    ["a plain value", { country: "DE" }],
    ["a missing attribute", { deletedAt: null }],
    ["a path", { "address.city": "Wien" }],
    ["a whole object", { address: { city: "Wien", lines: ["a", { b: 1 }] } }],
    [
      "every comparison",
      { age: { $gt: 1, $gte: 2, $lt: 9, $lte: 8, $ne: 5 }, joined: { $gt: "2026-01-01" } },
    ],
    ["lists", { country: { $in: ["DE", 1, true, null] }, tags: { $nin: [], $all: ["a"] } }],
    ["tests of a list", { tags: { $size: { $gte: 2 }, $elemMatch: { $regex: "^a" } } }],
    ["tests of objects in a list", { teams: { $elemMatch: { role: "owner", $not: { size: { $lt: 3 } } } } }],
    [
      "versions",
      { app: { $veq: "1", $vne: "v2.0", $vgt: "1.2-rc.1", $vgte: "1.2.3", $vlt: "9", $vlte: "9.9.9.9" } },
    ],
    [
      "combinations",
      { $or: [{ a: 1 }, { b: 2 }], $nor: [{ c: 3 }], $and: [], $not: { d: { $not: { $exists: true } } } },
    ],
    ["a type", { tags: { $type: "array" } }],
    ["the greatest depth", nested(limits.depth)],
    ["the greatest number of nodes", many(limits.nodes)],
    ["the longest list", { id: { $in: Array.from({ length: limits.listItems }, (_, index) => index) } }],
  ])("accepts %s, unchanged", (_, condition) => {
    expect(conditionSchema.parse(condition)).toStrictEqual(condition);
  });

  it.each<[unknown, (string | number)[], string]>([
    ["DE", [], "expected an object"],
    [null, [], "expected an object"],
    [["a"], [], "expected an object"],
    [new Map(), [], "expected an object"],
    [{ toString: "x" }, ["toString"], "this name isn’t allowed"],
    [{ "a.valueOf.b": 1 }, ["a.valueOf.b"], "this name isn’t allowed"],
    [{ a: { b: { constructor: 1 } } }, ["a", "b", "constructor"], "this name isn’t allowed"],
    [{ id: 2 ** 53 }, ["id"], "can’t be stored exactly"],
    [{ id: { $in: [1, 2 ** 64] } }, ["id", "$in", 1], "can’t be stored exactly"],
    [{ id: { $gt: 2 ** 64 } }, ["id", "$gt"], "can’t be stored exactly"],
    [readJson('{"a":1,"a":2}'), [], "appears twice"],
    [{ country: { $eqq: "DE" } }, ["country", "$eqq"], "unknown operator: use $eq"],
    [{ $xor: [] }, ["$xor"], "unknown operator: use $and"],
    [{ $gt: 5 }, ["$gt"], "put $gt under the attribute that it compares"],
    [{ $groups: ["a"] }, ["$groups"], "unknown operator"],
    [{ a: { $gt: 1, b: 2 } }, ["a", "b"], "can’t be combined"],
    [{ a: { b: { $gt: 1 } } }, ["a", "b", "$gt"], "a value can’t contain an operator"],
    [{ $or: { a: 1 } }, ["$or"], "expected a list of conditions"],
    [{ $and: [{ a: 1 }, 2] }, ["$and", 1], "expected an object"],
    [{ $not: "a" }, ["$not"], "expected an object"],
    [{ a: { $in: "DE" } }, ["a", "$in"], "expected a list"],
    [{ a: { $in: [{ b: 1 }] } }, ["a", "$in", 0], "expected text, a number"],
    [{ a: { $gt: null } }, ["a", "$gt"], "expected a number or text"],
    [{ a: { $gt: Number.NaN } }, ["a", "$gt"], "expected a number or text"],
    [{ a: { $exists: 1 } }, ["a", "$exists"], "expected true or false"],
    [{ a: { $type: "date" } }, ["a", "$type"], "expected one of string"],
    [{ a: { $size: -1 } }, ["a", "$size"], "expected a whole number"],
    [{ a: { $size: "2" } }, ["a", "$size"], "expected a whole number"],
    [{ a: { $vgt: "a.b.c" } }, ["a", "$vgt"], "expected a version"],
    [{ a: { $regex: 5 } }, ["a", "$regex"], "expected a pattern"],
    [{ a: { $regex: "(" } }, ["a", "$regex"], "isn’t a valid RE2 pattern"],
    [{ a: { $regex: "(?=b)" } }, ["a", "$regex"], "isn’t a valid RE2 pattern"],
    [{ a: { $elemMatch: 5 } }, ["a", "$elemMatch"], "expected an object"],
    [{ a: undefined }, ["a"], "expected a JSON value"],
    [{ a: new Date(0) }, ["a"], "expected a JSON value"],
    [{ a: () => true }, ["a"], "expected a JSON value"],
    [{ a: Number.POSITIVE_INFINITY }, ["a"], "expected a JSON value"],
    [{ "a..b": 1 }, ["a..b"], "a part of this path is empty"],
    [{ "": 1 }, [""], "a part of this path is empty"],
  ])("refuses %j at %j: %s", (input, path, sentence) => {
    expect(problemsOf(input)).toContainEqual(
      expect.objectContaining({ path, message: expect.stringContaining(sentence) }),
    );
  });

  it("names the place in its sentence", () => {
    expect(problemsOf({ $or: [{ age: { $gt: "5", $lt: true } }] })[0]?.message).toBe(
      "At $or › 0 › age › $lt: expected a number or text.",
    );
  });

  it("tells all that is wrong at once, up to ten", () => {
    expect(problemsOf({ a: { $in: 1 }, b: { $exists: 0 }, c: { $size: 1.5 } })).toHaveLength(3);
    expect(
      problemsOf(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`$${index}`, 1]))),
    ).toHaveLength(10);
  });

  it.each<[string, unknown, string]>([
    ["depth", nested(limits.depth + 1), "nest at most 8 levels"],
    ["depth of a value", { a: JSON.parse(`${"[".repeat(9)}${"]".repeat(9)}`) }, "nest at most 8 levels"],
    ["nodes", many(limits.nodes + 1), "use at most 200 paths and operators"],
    ["nodes in values", { a: Array.from({ length: 300 }, () => []) }, "use at most 200 paths and operators"],
    ["list items", { a: { $in: new Array(limits.listItems + 1).fill(1) } }, "list at most 1,000 items"],
    ["a long path", { ["a".repeat(limits.pathChars + 1)]: 1 }, "use at most 200 characters"],
    ["a deep path", { "a.b.c.d.e.f.g.h.i": 1 }, "use at most 8 parts"],
    ["a long text", { a: "a".repeat(limits.textChars + 1) }, "use at most 1000 characters"],
    ["a long pattern", { a: { $regex: "a".repeat(201) } }, "longer than 200 characters"],
    [
      "many patterns",
      { $and: Array.from({ length: 21 }, () => ({ a: { $regex: "a" } })) },
      "use at most 20 patterns",
    ],
    [
      "all together",
      { a: { $in: new Array(1_000).fill("a".repeat(100)) } },
      "64,000 characters in the whole condition",
    ],
  ])("bounds %s", (_, input, sentence) => {
    expect(problemsOf(input)).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(sentence) }),
    );
  });

  it("neither overflows nor lingers on hostile input", () => {
    const start = performance.now();
    for (const [open, close] of [
      ['{"$not":', "}"],
      ['{"$and":[', "]}"],
      ['{"a":', "}"],
      ['{"a":{"$not":', "}}"],
      ["[", "]"],
    ] as const)
      expect(
        problemsOf(JSON.parse(`{"a":${open.repeat(5_000)}1${close.repeat(5_000)}}`)).length,
        open,
      ).toBeGreaterThan(0);
    const wide = { $or: new Array(1_000).fill({ a: { $in: new Array(1_000).fill("x".repeat(900)) } }) };
    expect(problemsOf(wide).length).toBeGreaterThan(0);
    expect(problemsOf({ ["k".repeat(1_000_000)]: 1 })[0]?.message.length).toBeLessThan(300);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("prototype pollution", () => {
  it.each([
    '{"__proto__":{"isAdmin":true}}',
    '{"constructor":1}',
    '{"prototype":1}',
    '{"a.__proto__.b":1}',
    '{"constructor.prototype.isAdmin":true}',
    '{"a":{"__proto__":1}}',
    '{"a":{"$eq":{"constructor":1}}}',
    '{"a":[{"b":{"prototype":1}}]}',
    '{"$and":[{"$not":{"__proto__":null}}]}',
    '{"a":{"$elemMatch":{"__proto__":{"$exists":true}}}}',
    '{"a":{"$gt":1,"__proto__":{"$lt":5}}}',
  ])("%s is refused and matches nobody", (text) => {
    const condition = JSON.parse(text);
    expect(problemsOf(condition)).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining("this name isn’t allowed") }),
    );
    expect(compileCondition(condition).matches({ isAdmin: true })).toBe(false);
    expect(Object.prototype).not.toHaveProperty("isAdmin");
  });
});
