import { expect, test } from "vitest";
import { noteDates, reviveDates } from "./dated-json";

const sent = (value: unknown) => JSON.parse(JSON.stringify(noteDates(value)));

test("dates come back as dates, wherever they stand, and nothing else becomes one", () => {
  const at = new Date("2026-11-30T12:00:00.123Z");
  for (const value of [
    at,
    [at, null, [at]],
    { rows: [{ at, text: at.toISOString(), none: null }], dates: [at], "a.b": at, __proto: at },
    { text: "2026-11-30", count: 3, yes: true, empty: {}, list: [] },
    null,
    "text",
  ])
    expect(reviveDates(sent(value))).toEqual(value);
});

test("a note that leads nowhere, or to a prototype, changes nothing", () => {
  const data = { a: "2026-11-30", n: 1 };
  const dates = [[], ["b"], ["a", "length"], ["n"], ["__proto__", "x"], ["constructor", "prototype", "x"]];
  expect(reviveDates({ data: structuredClone(data), dates })).toEqual(data);
});
