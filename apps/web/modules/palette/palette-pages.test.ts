import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { listPages, matches } from "./palette-pages";

const namesOf = (...rights: Parameters<typeof listPages>) => listPages(...rights).map(({ name }) => name);

describe("what can be gone to", () => {
  test("by a viewer are pages alone, none of which would refuse them", () => {
    const pages = listPages({ permissions: ["view"], isAdministrator: false });
    expect(pages.filter(({ isCommand }) => isCommand)).toEqual([]);
    expect(pages.map(({ name }) => name)).toEqual([
      "experiments",
      "needs_attention",
      "person_lookup",
      "metrics",
      "calendar",
      "checklist",
      "activity",
      "nav_profile",
      "nav_security",
      "nav_billing",
    ]);
  });

  test("is what each further right adds", () => {
    const viewer = namesOf({ permissions: ["view"], isAdministrator: false });
    const added = (...rights: Parameters<typeof listPages>) =>
      namesOf(...rights).filter((name) => !viewer.includes(name));
    expect(added({ permissions: ["view", "edit"], isAdministrator: false })).toEqual([
      "experiment_new",
      "metric_new",
    ]);
    expect(added({ permissions: ["view", "govern"], isAdministrator: false })).toEqual(["people"]);
    expect(added({ permissions: ["view"], isAdministrator: true })).toEqual(["nav_flags", "flag_new"]);
  });
});

test("whatever page of the settings needs no parameter can be gone to", () => {
  const settings = path.resolve(import.meta.dirname, "../../app/(use-page-wrapper)/settings");
  const pages = readdirSync(settings, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("/page.tsx") && !file.includes("["))
    .map((file) => `/settings/${path.dirname(file).replace("(admin-layout)/", "")}`)
    .filter((page) => !LED_TO.includes(page));
  const listed = listPages({ permissions: ["view", "edit", "govern"], isAdministrator: true });
  expect(pages.filter((page) => !listed.some(({ href }) => href === page))).toEqual([]);
});

/** Billing links to its upgrade page, and `/settings/admin` only redirects. */
const LED_TO = ["/settings/billing/upgrade", "/settings/admin"];

test.each([
  ["", "Experiments", true],
  ["exp", "Experiments", true],
  ["EXP new", "New experiment", true],
  ["uber", "Über uns", true],
  ["flag", "Experiments", false],
])("%j finds %j: %s", (query, label, isFound) => {
  expect(matches(query, label)).toBe(isFound);
});
