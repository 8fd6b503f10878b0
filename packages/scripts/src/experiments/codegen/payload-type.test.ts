import { expect, test } from "vitest";
import { payloadType } from "./payload-type";

test.each([
  [null, "null", "null"],
  [true, "true", "boolean"],
  [-1.5, "-1.5", "number"],
  ['a "b"\n', String.raw`"a \"b\"\n"`, "string"],
  [[], "never[]", "never[]"],
  [["b", "a", "b"], '("a" | "b")[]', "string[]"],
  [[["a"], ["a"]], '"a"[][]', "string[][]"],
  [[[1, 2]], "(1 | 2)[][]", "number[][]"],
  [[1, null], "(1 | null)[]", "(null | number)[]"],
  [{}, "Record<string, never>", "Record<string, never>"],
  [
    { b: 1, a: { "c d": [] } },
    '{ "a": { "c d": never[]; }; "b": 1; }',
    '{ "a": { "c d": never[]; }; "b": number; }',
  ],
  [[{ a: 1 }, { a: 2 }], '({ "a": 1; } | { "a": 2; })[]', '{ "a": number; }[]'],
])("%j has the type %s, of the shape %s", (value, literal, shape) => {
  expect(payloadType(value, "literal")).toBe(literal);
  expect(payloadType(value, "shape")).toBe(shape);
});

test("a text with a bar in it does not make a union", () => {
  expect(payloadType(["a|b"], "literal")).toBe('"a|b"[]');
});
