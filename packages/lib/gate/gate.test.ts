import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { z } from "zod";
import { documentSchema, findDocumentProblem } from "./document";
import { readJson, UnreadableJson } from "./json-text";
import { day, moment, readMoment } from "./moments";
import { isRefusedName } from "./names";
import { rowId } from "./numbers";
import { emailText, nameText, text, trimmedText } from "./text";

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
const HALF = "\ud83d";

describe("a name", () => {
  test.each([...Object.getOwnPropertyNames(Object.prototype), "prototype"])("is never %s", (name) => {
    expect(isRefusedName(name)).toBe(true);
    expect(accepts(nameText(64), name)).toBe(false);
    expect(accepts(documentSchema, JSON.parse(`{"${name}":1}`))).toBe(false);
    expect(accepts(documentSchema, JSON.parse(`[{"a":{"${name}":1}}]`))).toBe(false);
  });

  test("may be anything else that can be stored", () => {
    expect(accepts(nameText(64), "constructors")).toBe(true);
    expect(accepts(documentSchema, { "to-string": 1 })).toBe(true);
  });
});

const email = emailText(254, { missing: "Type it.", tooLong: "Too long.", malformed: "Malformed." });

describe.each<[string, z.ZodType, string]>([
  ["text", text(20), "ada"],
  ["text without spaces around it", trimmedText(20), "ada"],
  ["a name", nameText(20), "ada"],
  ["an address", email, "ada@example.com"],
])("%s", (_, schema, fine) => {
  test("is what can be stored, of a known length", () => {
    expect(schema.parse(fine)).toBe(fine);
    for (const bad of [
      `a\0@example.com`,
      `${HALF}@example.com`,
      "a".repeat(300),
      5,
      null,
      { length: 3 },
      [fine],
    ])
      expect(accepts(schema, bad), String(bad)).toBe(false);
  });
});

test("an address is read without the spaces around it, in lower case", () => {
  expect(email.parse("  Ada@Example.COM ")).toBe("ada@example.com");
});

test.each([0, -1, 1.5, 2 ** 31, Number.NaN, Number.POSITIVE_INFINITY, "1"])("%s is no id of a row", (id) => {
  expect(accepts(rowId, id)).toBe(false);
});

describe("a moment", () => {
  const schema = moment("Choose a date and time.");
  test.each([
    ["2026-11-29T12:00:00Z", "2026-11-29T12:00:00.000Z"],
    ["2026-11-29T12:00:00.1234567+02:00", "2026-11-29T10:00:00.123Z"],
    // PostgreSQL knows no offset of 16 hours and more.
    ["2026-11-29T12:00:00+23:00", "2026-11-28T13:00:00.000Z"],
    ["2026-11-29T12:00:00-23:59", "2026-11-30T11:59:00.000Z"],
  ])("%s is kept as %s", (given, kept) => {
    expect(schema.parse(given)).toBe(kept);
    expect(readMoment(given)).toBe(Date.parse(kept));
  });

  test.each([
    ...["0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00+01:00"],
    ...[
      "9999-12-31T23:59:59-01:00",
      "10000-01-01T00:00:00Z",
      "+010000-01-01T00:00:00Z",
      "-000001-01-01T00:00:00Z",
    ],
    ...["2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-29T24:00:00Z", "2026-11-29T23:59:60Z"],
    ...["2026-11-29T12:00:00", "2026-11-29", "2026-11-29 12:00:00Z", "infinity", "now", "", "0001-01-01 BC"],
  ])("%s is none", (given) => {
    expect(accepts(schema, given)).toBe(false);
  });

  test.each(["0000-01-01", "1969-12-31", "9999-12-31", "2026-02-30", "2026-11-29T00:00:00Z", "infinity"])(
    "%s is no day",
    (given) => expect(accepts(day("Give a day."), given)).toBe(false),
  );
  test("2026-11-29 is a day", () => expect(accepts(day("Give a day."), "2026-11-29")).toBe(true));
});

describe("a document", () => {
  const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
  const shared = (levels: number): unknown => {
    let value: unknown = 1;
    for (let level = 0; level < levels; level++) value = Array(10).fill(value);
    return value;
  };
  const ring: Record<string, unknown> = {};
  ring.self = ring;

  test.each<[string, unknown, (string | number)[]]>([
    ["NUL", { a: "\0" }, ["a"]],
    ["half a character", ["a", HALF], [1]],
    ["a key with NUL", { a: { "\0": 1 } }, ["a"]],
    ["a key of half a character", { [HALF]: 1 }, []],
    ["a number beyond 2^53", { a: [2 ** 53] }, ["a", 0]],
    ["an endless number", { a: Number.POSITIVE_INFINITY }, ["a"]],
    ["no number", Number.NaN, []],
    ["a date", { at: new Date(0) }, ["at"]],
    ["a map", new Map(), []],
    ["nothing", { a: undefined }, ["a"]],
    ["a function", () => 1, []],
    ["a big integer", 1n, []],
    ["what could not be read", readJson("{"), []],
    ["21 levels", nested(21), Array(21).fill(0)],
    ["8,001 characters", "x".repeat(8_001), []],
    ["10^15 values", shared(15), Array(15).fill(0)],
  ])("with %s is refused, with its place", (_, value, path) => {
    const problem = findDocumentProblem(value);
    expect(problem).not.toBeNull();
    if (!String(problem?.sentence.text).includes("8 kB")) expect(problem?.path).toEqual(path);
  });

  test("that holds itself is refused", () => expect(findDocumentProblem(ring)).not.toBeNull());

  test("is read back as it was, whatever it is", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(accepts(documentSchema, value));
        expect(readJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe("JSON that somebody writes", () => {
  const whyNot = (json: string) => {
    const read = readJson(json);
    return read instanceof UnreadableJson ? read.why.text : null;
  };

  test.each([
    ...[
      "12345678901234567890",
      "[1.00000000000000000001]",
      "9007199254740993",
      "1e400",
      "-12345678901234567890",
    ],
    ...["0.1000000000000000055511151231257827", '{"a":{"b":[9007199254740993]}}'],
  ])("%s holds a number that cannot be kept", (json) => {
    expect(whyNot(json)).toContain("can’t be stored exactly");
  });

  test.each([
    "0",
    "-0",
    "0.0",
    "1.10",
    "1e3",
    "1E+3",
    "1.5e-7",
    "100",
    "0.1",
    "1e21",
    "123456789012345680000",
    "5e-324",
  ])("%s is kept", (json) => expect(readJson(json)).toBe(JSON.parse(json)));

  test.each(['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '[{"b":{"a":1,"c":[{"d":1,"d":2}]}}]', '{"":1,"":2}'])(
    "%s has a key twice",
    (json) => expect(whyNot(json)).toContain("appears twice"),
  );

  test.each(["", "{", "{a:1}", "NaN", "undefined", "[1,]", "'a'", "\ufeff{}"])("%j is none", (json) => {
    expect(whyNot(json)).toContain("Not valid JSON");
  });

  test("may say the same in texts, in lists and in different objects", () => {
    const json = '[{"a":"12345678901234567890 \\" : { a","b":1},{"a":"a","b":{"a":["a","a",":"]}}]';
    expect(readJson(json)).toEqual(JSON.parse(json));
  });

  test("is read in time whatever it is, also a megabyte of brackets or of text", () => {
    // A reader that went back would need minutes, and the test would be ended.
    readJson("[".repeat(500_000) + "]".repeat(500_000));
    readJson(JSON.stringify({ a: "\\".repeat(500_000) }));
    readJson(`[${"1,".repeat(300_000)}1]`);
  });

  test("is what JSON.parse makes of it, wherever that loses nothing", () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const read = readJson(json);
        if (!(read instanceof UnreadableJson)) expect(read).toEqual(JSON.parse(json));
        // What JavaScript has written, it reads back.
        expect(readJson(JSON.stringify(JSON.parse(json)))).not.toBeInstanceOf(UnreadableJson);
      }),
    );
  });
});
