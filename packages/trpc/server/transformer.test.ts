import superjson from "superjson";
import { describe, expect, test } from "vitest";
import { isPlain, transformer } from "./transformer";

const answer = {
  slug: "upgrade-button-test",
  variant: "control",
  isControl: true,
  payload: { colour: "red", sizes: [1, 2.5, -3], nested: { nothing: null } },
};

const throughTheWire = (value: unknown): unknown => superjson.deserialize(JSON.parse(JSON.stringify(value)));

class Money {
  constructor(readonly cents: number) {}
}

describe("what the server answers", () => {
  test("is written as superjson writes it where JSON suffices", () => {
    expect(transformer.serialize([answer, answer.slug])).toEqual(superjson.serialize([answer, answer.slug]));
  });

  test.each<[string, unknown]>([
    ["a date", { at: new Date(0) }],
    ["undefined in an object", { value: undefined }],
    ["undefined in an array", [undefined]],
    ["nothing at all", undefined],
    ["a map", new Map([["a", 1]])],
    ["a set", { of: new Set([1]) }],
    ["NaN", [Number.NaN]],
    ["infinity", { no: { end: Number.POSITIVE_INFINITY } }],
    ["minus zero", -0],
    ["a big integer", 1n],
  ])("keeps %s", (_, value) => {
    expect(isPlain(value)).toBe(false);
    expect(transformer.serialize(value)).toEqual(superjson.serialize(value));
    expect(throughTheWire(transformer.serialize(value))).toEqual(value);
  });

  test("keeps the message of an error", () => {
    const error = new Error("Out of it.");
    expect(transformer.serialize(error)).toEqual(superjson.serialize(error));
    expect(throughTheWire(transformer.serialize(error))).toMatchObject({ message: "Out of it." });
  });

  test("leaves to superjson what JSON would write in its own way, or not at all", () => {
    expect(isPlain(new Money(5))).toBe(false);
    expect(isPlain({ toJSON: () => 5 })).toBe(false);
    expect(isPlain(Object.create(null))).toBe(false);
    // biome-ignore lint/suspicious/noSparseArray: the hole is what is tested
    expect(isPlain([1, , 3])).toBe(false);
  });

  test("is refused with the keys that superjson refuses", () => {
    const attack: unknown = JSON.parse('{"a":{"__proto__":{"isAdmin":true}}}');
    expect(() => transformer.serialize(attack)).toThrow(/prototype pollution/);
  });

  test("may hold itself", () => {
    const cyclic: Record<string, unknown> = { name: "ring" };
    cyclic.self = cyclic;
    expect(isPlain(cyclic)).toBe(false);
  });
});

test("what the server is asked is read as superjson reads it", () => {
  const input = { at: new Date(0), slugs: ["a", "b"], nothing: undefined };
  expect(transformer.deserialize(superjson.serialize(input))).toEqual(input);
});
