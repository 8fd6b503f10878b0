import { expect, test } from "vitest";
import { readTyped } from "./read-typed";

const UUID = "3f2a91bc-0000-4000-8000-000000000000";

test.each([
  ["", { kind: "nothing" }],
  ["  ", { kind: "nothing" }],
  [" 12 ", { kind: "number", id: 12 }],
  ["user:12", { kind: "key", key: { unit: "user", id: 12 } }],
  ["Team:3", { kind: "key", key: { unit: "team", id: 3 } }],
  [UUID.toUpperCase(), { kind: "key", key: { unit: "visitor", id: UUID } }],
  [`visitor:${UUID}`, { kind: "key", key: { unit: "visitor", id: UUID } }],
  ["ada@person.example", { kind: "email", email: "ada@person.example" }],
  ["Ada Lovelace", { kind: "name", text: "Ada Lovelace" }],
  ["9007199254740993", { kind: "number", id: "9007199254740993" }],
  ["user:cm3x_9a", { kind: "key", key: { unit: "user", id: "cm3x_9a" } }],
  ["9".repeat(20), { kind: "name", text: "9".repeat(20) }],
  ["visitor:12", { kind: "name", text: "visitor:12" }],
  ["0", { kind: "name", text: "0" }],
])("%j is read as what it is", (text, typed) => {
  expect(readTyped(text)).toEqual(typed);
});
