import superjson from "superjson";
import { describe, expect, test } from "vitest";
import { isPlain } from "./plain";
import { transformer } from "./transformer";

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

  test.each(["__proto__", "constructor", "prototype"])(
    "goes out although something in it is named %s, and harms nobody",
    (name) => {
      const planted: unknown = JSON.parse(`{"bad":[{"${name}":{"isAdmin":true}}],"name":"x"}`);
      for (const answer of [planted, { at: new Date(0), planted }]) {
        const read = throughTheWire(transformer.serialize(answer));
        expect(JSON.stringify(read)).toContain(`"${name} (refused name)":{"isAdmin":true}`);
        expect(JSON.stringify(read)).toContain('"name":"x"');
      }
      expect(throughTheWire(transformer.serialize({ at: new Date(0), planted }))).toMatchObject({
        at: new Date(0),
      });
      expect(Reflect.get({}, "isAdmin")).toBeUndefined();
    },
  );

  test("may hold itself", () => {
    const cyclic: Record<string, unknown> = { name: "ring" };
    cyclic.self = cyclic;
    expect(isPlain(cyclic)).toBe(false);
  });
});

describe("what the server is asked", () => {
  test("is read as superjson reads it", () => {
    const shared = { name: "a" };
    const input = { slugs: ["a", "b"], nothing: undefined, share: Number.NaN, twice: [shared, shared] };
    expect(transformer.deserialize(superjson.serialize(input))).toEqual(input);
    expect(transformer.deserialize({ json: 5 })).toBe(5);
  });

  const deep = (levels: number): unknown => (levels === 0 ? ["undefined"] : { a: deep(levels - 1) });
  test.each<[what: string, payload: unknown]>([
    ["null", null],
    ["text", "json"],
    ["a class", { json: {}, meta: { values: [["class", "User"]], v: 1 } }],
    ["a map", { json: [], meta: { values: ["map"], v: 1 } }],
    ["a pattern", { json: "/(a+)+$/", meta: { values: ["regexp"], v: 1 } }],
    ["an address that is none", { json: { a: "x" }, meta: { values: { a: ["URL"] }, v: 1 } }],
    ["a number of a million digits", { json: "9".repeat(1_000_000), meta: { values: ["bigint"], v: 1 } }],
    ["annotations that are none", { json: {}, meta: { values: 5, v: 1 } }],
    ["annotations without an end", { json: {}, meta: { values: deep(5_000), v: 1 } }],
    ["a way to the prototype", { json: {}, meta: { values: { "__proto__.a": ["undefined"] }, v: 1 } }],
  ])("is refused as unreadable with %s", (_, payload) => {
    expect(() => transformer.deserialize(payload)).toThrow(expect.objectContaining({ code: "PARSE_ERROR" }));
    expect(Reflect.has({}, "a")).toBe(false);
  });

  test("never holds itself", () => {
    const payload = { json: { a: {} }, meta: { referentialEqualities: [["a"]], v: 1 } };
    expect(transformer.deserialize(payload)).toEqual({ a: {} });
  });
});
