import type { ExperimentAnswer } from "@calcom/features/experiments";
import { describe, expect, test } from "vitest";
import { staticPage } from "./static-page";
import { isSiteRoute, siteRouteOf } from "./static-pages";

const page = staticPage("/both", {
  "landing-hero-test": ["control", "benefit-focused"],
  "pricing-tiers": ["control", "variant-a", "variant-b"],
});
type Made = Pick<ExperimentAnswer, "variant" | "reason">;
const made = (variant: string | null, reason: string) => ({ variant, reason }) as Made;

describe("a code", () => {
  test.each<[Made, Made]>([
    [made("benefit-focused", "allocated"), made("variant-b", "sticky")],
    [made("control", "winner"), made(null, "not_in_traffic")],
    [made(null, "bot"), made(null, "bot")],
    [made("benefit-focused", "override"), made(null, "unavailable")],
  ])("leads back to the decisions %o and %o", (first, second) => {
    const code = page.encode([first, second]);
    expect(code).toMatch(/^[\w~-]+$/);
    expect(page.decode(code)).toMatchObject([
      { slug: "landing-hero-test", ...first },
      { slug: "pricing-tiers", ...second },
    ]);
  });

  test("knows control and news, and nobody's name", () => {
    const [hero, pricing] =
      page.decode(page.encode([made("control", "allocated"), made("variant-a", "sticky")])) ?? [];
    expect(hero).toMatchObject({ isControl: true, isNewAssignment: true, subject: null });
    expect(pricing).toMatchObject({ isControl: false, isNewAssignment: false, subject: null });
  });

  test("shows control, uncounted, for a variant that only the configuration has", () => {
    const [hero] =
      page.decode(page.encode([made("of-yesterday", "sticky"), made("control", "sticky")])) ?? [];
    expect(hero).toMatchObject({ variant: null, reason: "unavailable", isControl: true });
  });

  test("says what was not decided in time", () => {
    expect(page.encode([])).toBe("unavailable~unavailable");
  });

  test("leaves open what only a draw can tell, so that the browser asks for it", () => {
    const code = page.encode([null, made("variant-b", "sticky")]);
    expect(page.decode(code)).toMatchObject([{ slug: "pricing-tiers", variant: "variant-b" }]);
  });

  test.each([
    "",
    "sticky-control",
    "sticky-control~sticky-nothing",
    "sticky~sticky-control",
    "bot-control~bot",
    "sticky-control~sticky-control~sticky-control",
    "constructor~toString",
  ])("that no decision has is none: %j", (code) => {
    expect(page.decode(code)).toBeNull();
  });
});

test("what people who take part see is rendered at build time, each once", () => {
  expect(new Set(page.commonCodes).size).toBe(2 * 2 * 2 * 3);
  for (const code of page.commonCodes) expect(page.decode(code)).not.toBeNull();
  expect(page.commonCodes).toContain("allocated-benefit-focused~sticky-variant-b");
});

test("the variants of an experiment are known to the compiler, each of them", () => {
  // @ts-expect-error: benefit-focused is missing
  staticPage("/a", { "landing-hero-test": ["control"] });
  // @ts-expect-error: no such variant
  staticPage("/a", { "landing-hero-test": ["control", "benefit-focused", "loud"] });
  // @ts-expect-error: no such experiment
  staticPage("/a", { "landing-zero-test": ["control"] });
});

test.each([
  ["/", "/site/de/landing/bot"],
  ["/pricing", "/site/de/pricing"],
  ["/privacy", "/site/de/privacy"],
  ["/login", null],
  ["/constructor", null],
])("%s is answered in German by %s", async (path, route) => {
  expect(await siteRouteOf(path, "de", async () => "bot")).toBe(route);
});

test.each([
  ["/site", true],
  ["/site/de/pricing", true],
  ["/sites", false],
  ["/", false],
])("%s is a route that only the proxy opens: %s", (path, isOne) => {
  expect(isSiteRoute(path)).toBe(isOne);
});
