import { expect, test } from "vitest";
import { fingerprint } from "./fingerprint";

// The published vectors of FNV-1a.
test.each([
  ["", "cbf29ce484222325"],
  ["a", "af63dc4c8601ec8c"],
  ["foobar", "85944171f73967e8"],
])("the fingerprint of %j is %s", (text, expected) => {
  expect(fingerprint(text)).toBe(expected);
});

test("texts that differ in one character have other names, and no name is shorter", () => {
  const names = Array.from({ length: 2_000 }, (_, index) => fingerprint(`metric ${index}`));
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[0-9a-f]{16}$/);
});
