import { expect, test } from "vitest";
import { readPersonQuery, typedFor, writePersonQuery } from "./person-query";

const read = (query: string) => readPersonQuery(new URLSearchParams(query));
const nothing = { person: null, email: null, search: "", show: "all" };

test.each([
  ["user=12", { person: { unit: "user", id: 12 } }],
  ["id=12", { person: { unit: "user", id: 12 } }],
  ["team=3&show=flags", { person: { unit: "team", id: 3 }, show: "flags" }],
  [
    "visitor=3F2A91BC-0000-4000-8000-000000000000",
    { person: { unit: "visitor", id: "3f2a91bc-0000-4000-8000-000000000000" } },
  ],
  // Of another type in another application: the service says what cannot be one.
  ["user=cm3x-9", { person: { unit: "user", id: "cm3x-9" } }],
  ["user=0", { person: { unit: "user", id: "0" } }],
  ["email=Ada@Person.example", { email: "ada@person.example" }],
  ["user=12&search=upgrade", { person: { unit: "user", id: 12 }, search: "upgrade" }],
])("?%s names somebody", (query, named) => {
  expect(read(query)).toEqual({ ...nothing, ...named });
});

test.each(["visitor=12", "email=ada", "show=everything", "user="])(
  "?%s asks for nobody, and is no error",
  (query) => {
    expect(read(query)).toEqual(nothing);
  },
);

test("an address that is written is read as the same, and has no address of mail", () => {
  const query = { person: { unit: "team", id: 3 } as const, search: "a&b", show: "assigned" as const };
  expect(read(writePersonQuery(query))).toEqual({ ...query, email: null });
  expect(writePersonQuery(read("email=ada@person.example"))).toBe("");
});

test.each([
  ["user=2000000000", "2000000000"],
  ["user=cm3x-9", "user:cm3x-9"],
  ["team=3", "team:3"],
  ["email=Ada@Person.example", "ada@person.example"],
  ["", ""],
])("?%s that was refused stays in the field, as it may have been typed", (query, typed) => {
  expect(typedFor(read(query))).toBe(typed);
});
