import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { readCalendarQuery, toCalendarInput, writeCalendarQuery } from "./calendar-query";

const read = (address: string) => readCalendarQuery(new URLSearchParams(address));

test("the plain address asks for no month, so that the server chooses those around now", () => {
  expect(writeCalendarQuery(read(""))).toBe("");
  expect(toCalendarInput(read(""))).toEqual({ page: 1 });
});

test("what an address cannot mean is as if it were not there", () => {
  expect(read("month=2026-13&months=13")).toEqual(read(""));
  expect(read("month=&months=0")).toEqual(read(""));
  expect(read("months=2.5")).toEqual(read(""));
});

property.prop([
  fc.constantFrom("2026-01", "1999-12", null),
  fc.option(fc.integer({ min: 1, max: 12 })),
  fc.integer({ min: 1, max: 100_000 }),
])("an address that is shared shows the same months", (month, months, page) => {
  const query = { ...read(""), month, months, page };
  expect(read(writeCalendarQuery(query).slice(1))).toEqual(query);
});
