import path from "node:path";
import { describe, expect, test } from "vitest";
import { createRouteFinder, NO_ROUTE } from "./route-of";
import { readRoutePatterns } from "./route-patterns";

const patterns = readRoutePatterns(path.resolve(import.meta.dirname, "../../app"));
const routeOf = createRouteFinder(patterns);

describe("the route of a request", () => {
  test.each([
    ["/", "/"],
    ["/?experiment.landing=bold&email=ada@example.com", "/"],
    ["/pricing", "/pricing"],
    ["/pricing/", "/pricing"],
    ["/site/de/pricing", "/site/[locale]/pricing"],
    ["/settings/admin/experiments/new", "/settings/admin/experiments/new"],
    ["/settings/admin/experiments/secret-plan", "/settings/admin/experiments/[slug]"],
    ["/settings/admin/experiments/secret-plan/edit?tab=1", "/settings/admin/experiments/[slug]/edit"],
    ["/settings/admin/experiments/-/report/secret-plan", "/settings/admin/experiments/-/report/[slug]"],
    [`/reports/${"s".repeat(43)}`, "/reports/[token]"],
    ["/api/trpc/viewer.me,viewer.x?batch=1&input=%7B%7D", "/api/trpc/[trpc]"],
    ["/api/auth/callback/credentials", "/api/auth/[...nextauth]"],
    ["/_next/static/chunks/abc.js", "/_next/static"],
    ["/_next/image?url=%2Fada.png", "/_next"],
    ["/ada@example.com", NO_ROUTE],
    ["/reset/0123456789abcdef", NO_ROUTE],
    ["*", NO_ROUTE],
    ["", NO_ROUTE],
  ])("%s is %s", (url, route) => {
    expect(routeOf(url)).toBe(route);
  });

  test("is one of the application's, whatever is asked for", () => {
    const known = new Set([...patterns, ...patterns.map((one) => one.replace("/site/[locale]", "")), "/"]);
    for (const url of ["/%2e%2e/etc", "/api/experiments/x", "/settings//admin", "/landing/x", "/a\nb"])
      expect(known.has(routeOf(url)) || routeOf(url) === NO_ROUTE).toBe(true);
  });
});
