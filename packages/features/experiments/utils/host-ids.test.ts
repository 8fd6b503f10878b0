import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareHostIds, type HostId, type IdType, parseHostId } from "../types/host-id";
import { createHostIds, readRuleIds } from "./host-ids";

const UPPER = "6F1C2F0E-8D1B-4A54-9A53-0C1A9D6F2B7E";

describe("an id", () => {
  test.each<[IdType, unknown, HostId]>([
    ["integer", 12, 12],
    ["integer", "12", 12],
    ["integer", 2_147_483_647, 2_147_483_647],
    ["bigint", 12, "12"],
    ["bigint", "9223372036854775807", "9223372036854775807"],
    ["uuid", UPPER, UPPER.toLowerCase()],
    ["text", "12", "12"],
    ["text", 12, "12"],
    ["text", " A:b ", " A:b "],
    ["text", "漢".repeat(255), "漢".repeat(255)],
  ])("of %s that is written %j is %j", (type, written, id) => {
    expect(parseHostId(type, written)).toBe(id);
    // As it is handed out, it is read again.
    expect(parseHostId(type, id)).toBe(id);
  });

  test.each<[IdType, unknown]>([
    ...[
      0,
      -1,
      1.5,
      2 ** 31,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      "",
      "012",
      " 12",
      "12 ",
      "1e3",
      "12abc",
    ].map((id): [IdType, unknown] => ["integer", id]),
    ...[2 ** 53, "9223372036854775808", "-1", "1.0", "0x10", true, [12], { length: 1 }].map(
      (id): [IdType, unknown] => ["bigint", id],
    ),
    ...[
      "",
      12,
      UPPER.slice(1),
      `${UPPER}0`,
      `{${UPPER}}`,
      `urn:uuid:${UPPER}`,
      UPPER.replaceAll("-", ""),
    ].map((id): [IdType, unknown] => ["uuid", id]),
    ...["", "a\0b", "\ud83d", "x".repeat(256), 1.5, Number.NaN, null, undefined].map(
      (id): [IdType, unknown] => ["text", id],
    ),
  ])("of %s is never %j", (type, written) => expect(parseHostId(type, written)).toBeNull());
});

test("a big integer of JavaScript is one of the database's", () => {
  expect([parseHostId("bigint", 12n), parseHostId("integer", 12n)]).toEqual(["12", 12]);
  expect([parseHostId("bigint", -1n), parseHostId("bigint", 2n ** 63n)]).toEqual([null, null]);
});

test("whatever is read is an id or refused with a sentence that can be shown", () => {
  const doors = ["integer", "bigint", "uuid", "text"].map((type) =>
    createHostIds({ users: type as IdType, teams: type as IdType }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...doors), fc.anything(), (ids, written) => {
      try {
        expect(["number", "string"]).toContain(typeof ids.user(written));
      } catch (error) {
        expect(error).toMatchObject({ code: "invalid_id", field: "userId" });
        expect((error as Error).message.isWellFormed()).toBe(true);
        expect((error as Error).message.length).toBeLessThan(500);
      }
    }),
  );
});

test("rules name each team once, however it is written", () => {
  const rules = { teamIds: [12, "12"], organizationIds: ["7", 7] };
  expect(readRuleIds(createHostIds(), rules)).toEqual({ teamIds: [12], organizationIds: [7] });
  const bigint = createHostIds({ users: "text", teams: "bigint" });
  expect(readRuleIds(bigint, rules)).toEqual({ teamIds: ["12"], organizationIds: ["7"] });
  expect(() => readRuleIds(bigint, { organizationIds: ["x"] })).toThrow('"x" can’t be an ID');
});

test("ids have one order: numbers by their size, texts as they are written", () => {
  expect([12, 9, 100].sort(compareHostIds)).toEqual([9, 12, 100]);
  expect(["12", "9", "9007199254740993"].sort(compareHostIds)).toEqual(["9", "12", "9007199254740993"]);
  expect(["b", "B", "a"].sort(compareHostIds)).toEqual(["B", "a", "b"]);
});
