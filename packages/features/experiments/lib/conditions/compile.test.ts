import { isDeepStrictEqual } from "node:util";
import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { compileCondition } from "./compile";
import type { Condition, ConditionOperand } from "./condition";
import { conditionSchema } from "./schema";

const matches = (condition: unknown, attributes: unknown): boolean =>
  compileCondition(condition as Condition).matches(attributes);

describe("a condition", () => {
  // TARGETING.md's tables, row by row.
  it.each<[Condition, unknown, boolean]>([
    [{}, {}, true],
    // Missing is null.
    [{ a: null }, {}, true],
    [{ a: null }, { a: null }, true],
    [{ a: null }, { a: 0 }, false],
    [{ a: null }, { a: "" }, false],
    [{ a: { $exists: false } }, { a: null }, true],
    [{ a: { $exists: true } }, { a: false }, true],
    [{ a: { $type: "null" } }, {}, true],
    [{ a: { $in: [null] } }, {}, true],
    [{ a: { $ne: "x" } }, {}, true],
    [{ a: { $nin: ["x"] } }, {}, true],
    [{ a: { $not: { $gt: 5 } } }, {}, true],
    [{ a: { $vne: "1.0" } }, {}, true],
    [{ a: { $gt: -1, $lt: 1 } }, {}, false],
    [{ a: { $lte: 0 } }, { a: null }, false],
    [{ a: { $regex: "" } }, {}, false],
    [{ a: { $size: 0 } }, {}, false],
    [{ a: { $all: [] } }, {}, false],
    [{ a: { $elemMatch: { $exists: false } } }, {}, false],
    [{ a: { $vlt: "1.0" } }, {}, false],
    // Types are never converted.
    [{ a: 5 }, { a: "5" }, false],
    [{ a: "5" }, { a: 5 }, false],
    [{ a: true }, { a: 1 }, false],
    [{ a: false }, {}, false],
    [{ a: { $gt: 5, $lt: 10 } }, { a: "8" }, false],
    [{ a: { $gt: "5" } }, { a: 8 }, false],
    [{ a: { $gt: "2026-01-31" } }, { a: "2026-02-01T09:00:00Z" }, true],
    [{ a: { $in: [1, 2] } }, { a: "1" }, false],
    [{ a: { $regex: "5" } }, { a: 5 }, false],
    [{ a: { $vgt: "1.0" } }, { a: 2 }, false],
    // Lists: only $in, $nin, $all, $size and $elemMatch look inside.
    [{ a: "x" }, { a: ["x"] }, false],
    [{ a: ["x", "y"] }, { a: ["x", "y"] }, true],
    [{ a: ["x", "y"] }, { a: ["y", "x"] }, false],
    [{ a: { $in: ["x"] } }, { a: ["w", "x"] }, true],
    [{ a: { $nin: ["x"] } }, { a: ["w", "x"] }, false],
    [{ a: { $in: ["x"] } }, { a: [] }, false],
    [{ a: { $in: [] } }, { a: "x" }, false],
    [{ a: { $nin: [] } }, { a: "x" }, true],
    [{ a: { $all: ["x", "y"] } }, { a: ["y", "z", "x"] }, true],
    [{ a: { $all: [] } }, { a: [] }, true],
    [{ a: { $all: ["x"] } }, { a: "x" }, false],
    [{ a: { $size: { $gte: 2 } } }, { a: [1, 2] }, true],
    [{ a: { $size: 1 } }, { a: "x" }, false],
    [{ a: { $regex: "x" } }, { a: ["x"] }, false],
    [{ a: { $elemMatch: { $gte: 0 } } }, { a: [0] }, true],
    [{ a: { $elemMatch: { $not: { $regex: "^x" } } } }, { a: ["xa", "b"] }, true],
    [{ a: { $elemMatch: { $not: { b: 1 } } } }, { a: [{ b: 1 }] }, false],
    [
      { a: { $elemMatch: { b: 1, c: { $gt: 1 } } } },
      {
        a: [
          { b: 1, c: 1 },
          { b: 2, c: 2 },
        ],
      },
      false,
    ],
    [{ a: { $elemMatch: { b: 1, c: { $gt: 1 } } } }, { a: [{ b: 1, c: 2 }] }, true],
    [{ a: { $elemMatch: { b: null } } }, { a: [1, "x", null] }, false],
    [{ "a.0": "x" }, { a: ["x"] }, false],
    [{ "a.length": { $exists: true } }, { a: ["x"] }, false],
    // Objects and paths.
    [{ a: { b: 1, c: 2 } }, { a: { c: 2, b: 1 } }, true],
    [{ a: { b: 1 } }, { a: { b: 1, c: 2 } }, false],
    [{ a: {} }, { a: {} }, true],
    [{ a: {} }, { a: [] }, false],
    [{ "a.b.c": 1 }, { a: { b: { c: 1 } } }, true],
    [{ "a.b": 1 }, { "a.b": 1 }, false],
    [{ "a.b": null }, { a: 5 }, true],
    [{ "a.length": { $exists: true } }, { a: "text" }, false],
    // Combinations: none to choose from restricts nothing.
    [{ $and: [] }, {}, true],
    [{ $or: [] }, {}, true],
    [{ $nor: [] }, {}, true],
    [{ $not: {} }, {}, false],
    [{ a: 1, $or: [{ b: 1 }, { c: 1 }] }, { a: 1, c: 1 }, true],
    [{ a: 1, $or: [{ b: 1 }, { c: 1 }] }, { c: 1 }, false],
    [{ $nor: [{ a: 1 }, { b: 1 }] }, { b: 1 }, false],
    [{ a: { $not: "x" } }, { a: "y" }, true],
    // Inherited properties are nobody's attributes.
    [{ inherited: 1 }, Object.create({ inherited: 1 }), false],
  ])("%j on %j: %j", (condition, attributes, expected) => {
    expect(conditionSchema.safeParse(condition).error).toBeUndefined();
    expect(matches(condition, attributes)).toBe(expected);
  });

  it.each([
    ["a plain object", { plan: "pro" }],
    ["one without a prototype", Object.assign(Object.create(null), { plan: "pro" })],
    ["one of a class", Object.assign(new (class Person {})(), { plan: "pro" })],
  ])("%s is read by its own properties alone", (_, attributes) => {
    expect(matches({ plan: "pro" }, attributes)).toBe(true);
    expect(matches({ plan: { $in: ["pro"] }, country: { $exists: false } }, attributes)).toBe(true);
    expect(matches({ country: null }, Object.create(attributes))).toBe(true);
    expect(matches({ plan: "pro" }, Object.create(attributes))).toBe(false);
  });

  it.each<[Condition, unknown]>([
    [{ toString: { $exists: true } }, {}],
    [{ "a.hasOwnProperty": { $exists: true } }, { a: {} }],
    [{ constructor: { $exists: true } }, {}],
  ])("%j is refused, and found in nobody where it is stored all the same", (condition, attributes) => {
    expect(conditionSchema.safeParse(condition).success).toBe(false);
    expect(matches(condition, attributes)).toBe(false);
  });

  it.each([
    { a: { $gtt: 5 } },
    { $not: { a: { $gtt: 5 } } },
    { $nor: [{ a: { $regex: "(" } }] },
    { a: { $not: { $in: "x" } } },
    null,
    "a",
  ])("that the schema refuses matches nobody: %j", (condition) => {
    expect(conditionSchema.safeParse(condition).success).toBe(false);
    for (const attributes of [{}, { a: 5 }, { a: "x" }, null])
      expect(matches(condition, attributes)).toBe(false);
  });

  it("tells which paths it reads, and not those within an element", () => {
    expect(
      compileCondition({
        "a.b": 1,
        $or: [{ c: { $elemMatch: { inner: 1 } } }, { $not: { d: 1 } }, { "a.b": 2 }],
      }).paths,
    ).toEqual(["a.b", "c", "d"]);
  });
});

// Few names and values, so that conditions and attributes meet.
const name = fc.constantFrom("a", "b", "a.b", "b.a.b", "toString");
const scalar = fc.oneof(
  fc.constantFrom(null, true, false, "", "a", "ab", "1.2.0", "1.2.0-rc", 0, 1, -0),
  fc.integer({ min: -3, max: 3 }),
  fc.string({ unit: "binary", maxLength: 4 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const bound = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom("", "a", "b", "1.2"));
const version = fc.constantFrom("1.2", "1.2.0-rc", "v1.3", "0.9.0.1");
const { condition, attributes, operators } = fc.letrec<{
  json: ConditionOperand;
  attributes: Record<string, ConditionOperand>;
  operators: Record<string, ConditionOperand>;
  condition: Condition;
}>((tie) => ({
  json: fc.oneof(
    { depthSize: "small", maxDepth: 3 },
    scalar,
    fc.array(tie("json"), { maxLength: 3 }),
    tie("attributes"),
  ),
  attributes: fc.dictionary(fc.constantFrom("a", "b"), tie("json"), { maxKeys: 2 }),
  operators: fc.record(
    {
      $eq: tie("json"),
      $ne: tie("json"),
      $in: fc.array(scalar, { maxLength: 3 }),
      $nin: fc.array(scalar, { maxLength: 3 }),
      $all: fc.array(scalar, { maxLength: 3 }),
      $gt: bound,
      $gte: bound,
      $lt: bound,
      $lte: bound,
      $exists: fc.boolean(),
      $type: fc.constantFrom("string", "number", "boolean", "array", "object", "null"),
      $size: fc.nat({ max: 3 }),
      $regex: fc.constantFrom("", "a", "^a+$", "(a|b)*c", "(?i)A", "\\d"),
      $veq: version,
      $vne: version,
      $vgt: version,
      $vgte: version,
      $vlt: version,
      $vlte: version,
      $not: fc.oneof({ maxDepth: 3 }, scalar, tie("operators")),
      $elemMatch: fc.oneof({ maxDepth: 3 }, fc.constant({}), tie("operators"), tie("condition")),
    },
    { requiredKeys: [] },
  ),
  condition: fc
    .tuple(
      fc.dictionary(name, fc.oneof(scalar, tie("operators")), { maxKeys: 2 }),
      fc.oneof(
        { maxDepth: 3 },
        fc.constant({}),
        fc.record({ $and: fc.array(tie("condition"), { maxLength: 2 }) }),
        fc.record({ $or: fc.array(tie("condition"), { maxLength: 2 }) }),
        fc.record({ $nor: fc.array(tie("condition"), { maxLength: 2 }) }),
        fc.record({ $not: tie("condition") }),
      ),
    )
    .map(([tests, combination]) => ({ ...tests, ...combination }) as Condition),
})) as {
  condition: fc.Arbitrary<Condition>;
  attributes: fc.Arbitrary<Record<string, ConditionOperand>>;
  operators: fc.Arbitrary<Record<string, ConditionOperand>>;
};
const accepted = condition.filter((candidate) => conditionSchema.safeParse(candidate).success);
const acceptedTests = operators.filter((tests) => conditionSchema.safeParse({ a: tests }).success);

describe("every accepted condition", () => {
  it("is mostly not trivial, nor are its generators", () => {
    const sample = fc.sample(fc.tuple(accepted, attributes), { numRuns: 1_000, seed: 7 });
    const matching = sample.filter(([candidate, facts]) => matches(candidate, facts)).length;
    expect(matching).toBeGreaterThan(100);
    expect(matching).toBeLessThan(900);
  });

  test.prop(
    [accepted, fc.anything({ withNullPrototype: true, withDate: true, withMap: true, withBigInt: true })],
    {
      numRuns: 1_000,
    },
  )("answers whatever the attributes hold, and never throws", (candidate, facts) => {
    const compiled = compileCondition(candidate);
    expect(compiled.matches(facts)).toBe(compiled.matches(facts));
    expect(typeof compiled.matches({ a: facts, b: { a: { b: facts } } })).toBe("boolean");
  });

  test.prop([accepted, attributes], { numRuns: 500 })(
    "is inverted by $not and by $nor",
    (candidate, facts) => {
      const negated: Condition = { $not: candidate };
      const noneOf: Condition = { $nor: [candidate] };
      // A negation is part of the size that a condition may have, and a list of one is a part more.
      fc.pre([negated, noneOf].every((one) => conditionSchema.safeParse(one).success));
      expect(matches(negated, facts)).toBe(!matches(candidate, facts));
      expect(matches(noneOf, facts)).toBe(!matches(candidate, facts));
    },
  );

  test.prop([fc.array(accepted, { minLength: 1, maxLength: 3 }), attributes], { numRuns: 500 })(
    "is combined by $and, $or and $nor as logic has it",
    (candidates, facts) => {
      fc.pre(
        [{ $and: candidates }, { $or: candidates }].every((all) => conditionSchema.safeParse(all).success),
      );
      const answers = candidates.map((candidate) => matches(candidate, facts));
      expect(matches({ $and: candidates }, facts)).toBe(answers.every(Boolean));
      expect(matches({ $or: candidates }, facts)).toBe(answers.some(Boolean));
      expect(matches({ $nor: candidates }, facts)).toBe(!answers.some(Boolean));
    },
  );

  test.prop([fc.array(scalar, { maxLength: 3 }), fc.anything(), attributes], { numRuns: 500 })(
    "finds the same in a list of a few values as in a long one",
    (few, anything, { a = null }) => {
      const many = [...few, ...Array.from({ length: 20 }, (_, index) => `nobody's ${index}`)];
      for (const value of [a, anything, few, few[0]])
        expect(matches({ a: { $in: many } }, { a: value })).toBe(matches({ a: { $in: few } }, { a: value }));
    },
  );

  test.prop([acceptedTests, attributes], { numRuns: 500 })(
    "is inverted by $not beside an attribute",
    (tests, facts) => {
      fc.pre(conditionSchema.safeParse({ a: { $not: tests } }).success && Object.keys(tests).length > 0);
      expect(matches({ a: { $not: tests } }, facts)).toBe(!matches({ a: tests }, facts));
    },
  );

  test.prop([fc.json({ maxDepth: 4 }), fc.json({ maxDepth: 4 })], { numRuns: 500 })(
    "compares values as JSON does",
    (left, right) => {
      const [value, literal] = [JSON.parse(left), JSON.parse(right)];
      fc.pre(conditionSchema.safeParse({ a: { $eq: literal } }).success);
      // JSON writes -0 as 0; so do we compare.
      const same = isDeepStrictEqual(JSON.parse(JSON.stringify(value)), JSON.parse(JSON.stringify(literal)));
      expect(matches({ a: { $eq: literal } }, { a: value })).toBe(same);
      expect(matches({ a: { $eq: literal } }, { a: structuredClone(literal) })).toBe(true);
      expect(matches({ a: { $ne: literal } }, { a: value })).toBe(!same);
    },
  );
});
