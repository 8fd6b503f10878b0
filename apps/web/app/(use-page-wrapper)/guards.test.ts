import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

// A layout is not rendered again on soft navigation, so each page checks for itself; this finds the one that forgot.
const dir = import.meta.dirname;
const pages = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter(
  (file) => path.basename(file) === "page.tsx",
);

test("finds the pages", () => {
  expect(pages.length).toBeGreaterThan(2);
});

test.each(pages)("%s lets nobody in unasked", (page) => {
  const guard = page.includes("(admin-layout)")
    ? /require(?:Admin|Experiments)Page\(/
    : /require(?:User|Admin)Page\(/;
  expect(readFileSync(path.join(dir, page), "utf8")).toMatch(guard);
});
