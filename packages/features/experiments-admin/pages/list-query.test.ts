import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { readListQuery, toListInput, writeListQuery } from "./list-query";

const read = (address: string) => readListQuery(new URLSearchParams(address));

test("the plain list has a plain address", () => {
  expect(writeListQuery(read(""))).toBe("");
  expect(toListInput(read(""))).toEqual({ page: 1, pageSize: 25 });
});

test("what an address cannot mean is as if it were not there", () => {
  expect(read("status=dancing&unit=cat&page=-3&owner=&sort=sideways&attention=boredom")).toEqual(read(""));
  expect(read("page=1.5").page).toBe(1);
  expect(read(`search=${"x".repeat(500)}`).search).toHaveLength(100);
});

property.prop([
  fc.record({
    search: fc.string({ maxLength: 100 }).map((text) => text.trim()),
    status: fc.constantFrom("draft", "running", "paused", "off", "concluded", "archived", null),
    unit: fc.constantFrom("user", "team", "visitor", null),
    ownerId: fc.option(fc.integer({ min: 1, max: 2_147_483_647 })),
    tag: fc.constantFrom("onboarding", "größe-2", null),
    attention: fc.constantFrom("any", "split_off", "no_traffic", null),
    sort: fc.constantFrom("changed", "name", "subjects", "created"),
    page: fc.integer({ min: 1, max: 100_000 }),
  }),
])("an address that is shared shows the same list", ({ attention, ...asked }) => {
  const problem = attention === "any" ? null : attention;
  const query = { ...asked, needsAttention: attention === "any", problem };
  expect(read(writeListQuery(query).slice(1))).toEqual(query);
});
