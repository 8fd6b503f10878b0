import { mintVisitorId, VISITOR_COOKIE, verifyVisitorId } from "@calcom/features/experiments";
import { NextRequest } from "next/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { pageOf } from "@/modules/experiments/preview/preview-page";

const SECRET = "a-visitor-secret-of-thirty-two-characters";
const DOCUMENT = { "sec-fetch-dest": "document" };

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/nothing");
  vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
  for (const name of ["NEXTAUTH_SECRET", "PREVIEW_SECRET"]) vi.stubEnv(name, "x".repeat(32));
  vi.stubEnv("VISITOR_COOKIE_SECRET", SECRET);
  vi.stubEnv("CONSENT_MODE", "off");
});

/** What the browser gets, and what the render of the same request sees. */
async function visit(headers: Record<string, string>, method = "GET") {
  const { proxy } = await import("./proxy");
  const response = await proxy(new NextRequest("http://localhost:3000/pricing", { method, headers }));
  const seen = response.headers.get("x-middleware-request-cookie");
  return {
    cookie: response.cookies.get(VISITOR_COOKIE),
    seenByRender: seen?.match(/cal_vid=([^;]+)/)?.[1],
    cacheControl: response.headers.get("cache-control"),
  };
}

describe("a first visit", () => {
  test("gets a signed cookie that no script reads and no other site sends", async () => {
    const { cookie } = await visit(DOCUMENT);
    expect(await verifyVisitorId(cookie?.value, SECRET)).toMatch(/^[0-9a-f-]{36}$/);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "lax", path: "/", maxAge: 31_536_000 });
  });

  test("is known to the render of the same request", async () => {
    const { cookie, seenByRender } = await visit({ ...DOCUMENT, cookie: "theme=dark" });
    expect(seenByRender).toBe(cookie?.value);
  });

  test("is kept by no shared cache, which would make one visitor of all", async () => {
    expect((await visit(DOCUMENT)).cacheControl).toBe("private, max-age=0, must-revalidate");
  });

  test("works for browsers that do not say what they fetch for", async () => {
    expect((await visit({ accept: "text/html,*/*" })).cookie).toBeDefined();
  });

  test("is secure where the site is", async () => {
    expect((await visit(DOCUMENT)).cookie?.secure).toBeFalsy();
    vi.resetModules();
    vi.stubEnv("NEXTAUTH_URL", "https://app.example.com");
    expect((await visit(DOCUMENT)).cookie?.secure).toBe(true);
  });
});

test("a known visitor stays, and the answer keeps its headers", async () => {
  const { cookie } = await mintVisitorId(SECRET);
  expect(await visit({ ...DOCUMENT, cookie: `${VISITOR_COOKIE}=${cookie}` })).toEqual({
    cookie: undefined,
    seenByRender: undefined,
    cacheControl: null,
  });
});

test("a forged cookie is replaced, for the render too", async () => {
  const { id, cookie: forged } = await mintVisitorId("somebody else's secret, also long enough");
  const { cookie, seenByRender } = await visit({ ...DOCUMENT, cookie: `${VISITOR_COOKIE}=${forged}` });
  expect(cookie?.value).not.toContain(id);
  expect(seenByRender).toBe(cookie?.value);
});

describe("nobody is remembered", () => {
  test.each<[string, Record<string, string>, string?]>([
    ["soft navigation", { "sec-fetch-dest": "empty", accept: "*/*" }],
    ["prefetch", { ...DOCUMENT, "sec-purpose": "prefetch" }],
    ["prerender", { ...DOCUMENT, "sec-purpose": "prefetch;prerender" }],
    ["old prefetch", { ...DOCUMENT, purpose: "prefetch" }],
    ["frame", { "sec-fetch-dest": "iframe" }],
    ["form post", DOCUMENT, "POST"],
    ["script", { accept: "application/json" }],
  ])("by a %s", async (_, headers, method) => {
    expect((await visit(headers, method)).cookie).toBeUndefined();
  });

  test("before consent, where it is required", async () => {
    vi.stubEnv("CONSENT_MODE", "required");
    expect((await visit(DOCUMENT)).cookie).toBeUndefined();
    expect((await visit({ ...DOCUMENT, cookie: "cal_consent=granted" })).cookie).toBeDefined();
  });
});

describe("an address that asks for a preview", () => {
  async function rewriteOf(headers: Record<string, string>, search = "?experiment.a=b&tab=c") {
    const { proxy } = await import("./proxy");
    const response = await proxy(new NextRequest(`http://localhost:3000/pricing${search}`, { headers }));
    const rewrite = response.headers.get("x-middleware-rewrite");
    return rewrite === null ? null : new URL(rewrite);
  }

  test("is answered by the preview, which is told the page", async () => {
    const entry = await rewriteOf(DOCUMENT);
    expect(entry?.pathname).toBe("/api/experiments/preview/enter");
    const page = pageOf(entry?.searchParams.get("to") ?? null);
    expect(`${page.pathname}?${page.searchParams}`).toBe("/pricing?experiment.a=b&tab=c");
  });

  test("is a page as any other for prefetches, soft navigations and everything without the parameter", async () => {
    for (const [headers, search] of [
      [{ ...DOCUMENT, "sec-purpose": "prefetch" }],
      [{ "sec-fetch-dest": "empty" }],
      [DOCUMENT, "?preview=expired"],
    ] as const)
      expect((await rewriteOf(headers, search))?.pathname).toBe("/site/en/pricing");
  });
});

describe("a page of the site", () => {
  const open = async (path: string, headers: Record<string, string> = DOCUMENT) => {
    const { proxy } = await import("./proxy");
    const response = await proxy(new NextRequest(`http://localhost:3000${path}`, { headers }));
    return { response, rewrite: new URL(response.headers.get("x-middleware-rewrite") ?? "none:") };
  };

  test.each<[string, Record<string, string>, string]>([
    ["/pricing", {}, "/site/en/pricing"],
    ["/pricing", { "accept-language": "de-AT,en;q=0.5" }, "/site/de/pricing"],
    ["/privacy", { "accept-language": "en", cookie: "calcom_locale=de" }, "/site/de/privacy"],
    ["/", { "accept-language": "de" }, "/site/de/landing/unavailable"],
  ])("at %s is in the language that was chosen or is preferred: %o", async (path, headers, route) => {
    expect((await open(path, { ...DOCUMENT, ...headers })).rewrite.pathname).toBe(route);
  });

  test("is asked about at its own route too, also where a file seems to be", async () => {
    expect((await import("./proxy")).config.matcher).toContain("/site/:path*");
  });

  test("keeps its query", async () => {
    expect((await open("/pricing?preview=expired")).rewrite.search).toBe("?preview=expired");
  });

  test("shows control, undecided, where the database does not answer", async () => {
    const { rewrite, response } = await open("/?utm_source=mail");
    expect(rewrite.pathname).toBe("/site/en/landing/unavailable");
    expect(response.headers.get("cache-control")).toBe("private, max-age=0, must-revalidate");
    expect(response.cookies.get(VISITOR_COOKIE)).toBeDefined();
  });

  test("is its visitor's own for soft navigations too, which get no cookie", async () => {
    const { rewrite, response } = await open("/", { "sec-fetch-dest": "empty", accept: "*/*" });
    expect(rewrite.pathname).toMatch(/^\/site\/en\/landing\//);
    expect(response.headers.get("cache-control")).toBe("private, max-age=0, must-revalidate");
    expect(response.cookies.get(VISITOR_COOKIE)).toBeUndefined();
  });

  test.each(["/site", "/site/de/pricing", "/site/en/landing/sticky-control", "/site/x.png"])(
    "has no page of its own at %s",
    async (path) => {
      expect((await open(path)).rewrite.pathname).toBe("/404");
    },
  );
});

test.each([
  ["/", true],
  ["/settings/billing", true],
  ["/teams/design-studio", true],
  ["/api/trpc/viewer.experiments.getVariant", false],
  ["/_next/static/chunks/main.js", false],
  ["/favicon.ico", false],
])("the proxy is asked about %s: %s", async (path, isAsked) => {
  const { config } = await import("./proxy");
  expect(config.matcher.some((pattern) => new RegExp(`^${pattern}$`).test(path))).toBe(isAsked);
});
