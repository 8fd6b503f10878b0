import { describe, expect, it, test } from "vitest";
import { variantSchema } from "./settings";

const problemOf = (payload: unknown) =>
  variantSchema.safeParse({ name: "control", percentage: 50, payload }).error?.issues[0]?.message ?? null;

const nested = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
};

describe("a payload", () => {
  it("is any JSON, or none", () => {
    for (const payload of [undefined, null, false, 0, "", [], {}, { a: [1, "ü😀", { b: null }] }, nested(20)])
      expect(problemOf(payload)).toBeNull();
  });

  it("is kept as it is", () => {
    const payload = { a: [1, { b: null }], b: "kept" };
    expect(variantSchema.parse({ name: "control", percentage: 50, payload }).payload).toEqual(payload);
  });

  it.each([
    ["too long", "x".repeat(8_000), "under 8 kB"],
    ["too deep", nested(21), "20 levels"],
    ["deep enough to exhaust a stack", nested(1_000_000), "20 levels"],
    ["a number that JSON does not know", Number.NaN, "JSON"],
    ["a date", { at: new Date(0) }, "JSON"],
    ["a function", () => 1, "JSON"],
    ["a prototype", JSON.parse('{ "a": { "__proto__": {} } }'), "__proto__"],
    ["a constructor", { constructor: "Boss" }, "constructor"],
    ["a method of all objects", [{ a: { toString: 1 } }], "toString"],
    ["a number that cannot be kept", { id: 2 ** 64 }, "exactly"],
    ["a NUL", { a: ["\0"] }, "can’t be stored"],
    ["a NUL in a key", { "\0": 1 }, "can’t be stored"],
    ["half a character", "\ud83d", "can’t be stored"],
  ])("is refused where it is %s", (_what, payload, sentence) => {
    expect(problemOf(payload)).toContain(sentence);
  });
});

test.each([0, 0.01, 0.1, 0.29, 1.13, 16.67, 33.33, 57.99, 99.99, 100])(
  "a share of %s % is kept",
  (percentage) => {
    expect(variantSchema.parse({ name: "control", percentage }).percentage).toBe(percentage);
  },
);

test.each([1e-9, 1e-7, 0.001, 33.333, 33.330000001, 99.999999999, -0.01, 100.01, Number.NaN])(
  "a share of %s % is refused, and not rounded",
  (percentage) => {
    expect(variantSchema.safeParse({ name: "control", percentage }).success).toBe(false);
  },
);
