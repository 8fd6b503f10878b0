import { describe, expect, test } from "vitest";
import { previewEntry } from "./preview-entry";
import { encodePage, pageOf } from "./preview-page";

describe("the way into a preview leads back to a page of this site", () => {
  test.each([
    ["/pricing?tab=a&experiment.x=y", "/pricing", "?tab=a&experiment.x=y"],
    ["/login?callbackUrl=%2Fteams", "/login", "?callbackUrl=%2Fteams"],
    ["/", "/", ""],
  ])("%s", (to, pathname, search) => {
    const page = pageOf(encodePage(to));
    expect([page.pathname, `?${page.searchParams}`]).toEqual([pathname, search || "?"]);
  });

  test.each([
    "pricing",
    "//evil.example/",
    "/\\evil.example",
    "/\t/evil.example",
    "/./\\evil.example",
    "/.//evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/api/experiments/preview/enter?to=/",
  ])("and home for %j", (to) => {
    expect(pageOf(encodePage(to)).pathname).toBe("/");
  });

  test.each([null, "", "L3ByaWNpbmc", "/pricing", "%%%%", "===="])(
    "and home for %j, which is no page's code",
    (code) => {
      expect(pageOf(code).pathname).toBe("/");
    },
  );
});

test("only an address that names an experiment leaves its page", () => {
  const entryOf = (address: string) => previewEntry(new URL(address, "https://app.example"));
  expect(entryOf("/pricing?preview=expired&tab=experiment.a")).toBeNull();
  const entry = entryOf("/pricing?tab=b&experiment.a=b&preview=t");
  expect(entry?.origin).toBe("https://app.example");
  const page = pageOf(entry?.searchParams.get("to") ?? null);
  expect(`${page.pathname}?${page.searchParams}`).toBe("/pricing?tab=b&experiment.a=b&preview=t");
});
