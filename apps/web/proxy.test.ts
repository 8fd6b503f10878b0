import { mintVisitorId, VISITOR_COOKIE, verifyVisitorId } from "@calcom/features/experiments";
import { NextRequest } from "next/server";
import { beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { pageOf } from "@/modules/experiments/preview/preview-page";

const SECRET = "a-visitor-secret-of-thirty-two-characters";
const DOCUMENT = { "sec-fetch-dest": "document" };

// What a proxy needs is compiled once, for which a busy machine takes longer than a test may.
beforeAll(async () => {
  stubSettings();
  await import("./proxy");
});
beforeEach(() => {
  vi.resetModules();
  stubSettings();
});

function stubSettings(): void {
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@localhost/nothing");
  vi.stubEnv("NEXTAUTH_URL", "http://localhost:3000");
  for (const name of ["NEXTAUTH_SECRET", "PREVIEW_SECRET"]) vi.stubEnv(name, "x".repeat(32));
  vi.stubEnv("VISITOR_COOKIE_SECRET", SECRET);
  vi.stubEnv("CONSENT_MODE", "off");
}

/** What the browser gets, and what the render of the same request sees. */
async function visit(headers: Record<string, string>, method = "GET", path = "/pricing") {
  const { proxy } = await import("./proxy");
  const response = await proxy(new NextRequest(`http://localhost:3000${path}`, { method, headers }));
  const seen = response.headers.get("x-middleware-request-cookie");
  const cookies = response.cookies.getAll();
  return {
    cookie: cookies[0],
    cookies,
    seenByRender: seen?.match(/cal_vid=([^;]+)/)?.[1],
    madeFor: response.headers.get("x-middleware-request-x-visitor-first-sight"),
    purpose: response.headers.get("x-middleware-request-sec-purpose"),
    cacheControl: response.headers.get("cache-control"),
    policy: response.headers.get("content-security-policy"),
    policyOfRender: response.headers.get("x-middleware-request-content-security-policy"),
    forwarded: response.headers.get("x-middleware-override-headers")?.split(",") ?? [],
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

  test("of a page that is there already is kept by no shared cache, which would make one visitor of all", async () => {
    expect((await visit(DOCUMENT, "GET", "/")).cacheControl).toBe("private, max-age=0, must-revalidate");
    // That of a page that is rendered is Next's, and stricter.
    expect((await visit(DOCUMENT)).cacheControl).toBeNull();
  });

  test("works for browsers that do not say what they fetch for", async () => {
    expect((await visit({ accept: "text/html,*/*" })).cookie).toBeDefined();
  });

  test("is secure where the site is, and of this host alone", async () => {
    expect((await visit(DOCUMENT)).cookie).toMatchObject({ name: "cal_vid", secure: false });
    at("https://app.example.com");
    const { cookie } = await visit(DOCUMENT);
    expect(cookie).toMatchObject({ name: "__Host-cal_vid", secure: true, path: "/" });
    expect(cookie).not.toHaveProperty("domain");
  });

  test("is of all hosts of a domain where they share it", async () => {
    at("https://app.example.com", { VISITOR_COOKIE_DOMAIN: "example.com" });
    expect((await visit(DOCUMENT)).cookie).toMatchObject({
      name: "__Secure-cal_vid",
      domain: "example.com",
      secure: true,
      sameSite: "lax",
    });
  });
});

function at(url: string, settings: Record<string, string> = {}) {
  vi.resetModules();
  vi.stubEnv("NEXTAUTH_URL", url);
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
}

test("a known visitor stays, and the answer keeps its headers", async () => {
  const { cookie } = await mintVisitorId(SECRET);
  expect(await visit({ ...DOCUMENT, cookie: `${VISITOR_COOKIE}=${cookie}` })).toMatchObject({
    cookies: [],
    cacheControl: null,
  });
});

describe("a visitor whose cookie is of before", () => {
  const OLD = "the secret that was here before, long enough";
  const HTTPS = "https://app.example.com";
  const SHARED = { VISITOR_COOKIE_DOMAIN: "example.com" };
  const ROTATED = { VISITOR_COOKIE_SECRET_PREVIOUS: OLD };

  test.each<[string, string, Record<string, string>, string, string]>([
    ["had no prefix", "cal_vid", {}, SECRET, "__Host-cal_vid"],
    ["was of this host alone", "__Host-cal_vid", SHARED, SECRET, "__Secure-cal_vid"],
    ["was of a domain", "__Secure-cal_vid", {}, SECRET, "__Host-cal_vid"],
    ["was signed with the secret before", "__Host-cal_vid", ROTATED, OLD, "__Host-cal_vid"],
    ["was both", "cal_vid", { ...ROTATED, ...SHARED }, OLD, "__Secure-cal_vid"],
  ])("and %s stays the same, under the new name and secret", async (_, name, settings, secret, written) => {
    const { id, cookie } = await mintVisitorId(secret);
    at(HTTPS, settings);
    const { cookies, seenByRender } = await visit({ ...DOCUMENT, cookie: `${name}=${cookie}` });
    expect(cookies.map((each) => each.name)).toEqual([written]);
    expect(await verifyVisitorId(cookies[0]?.value, SECRET)).toBe(id);
    expect(seenByRender).toBe(cookie);
    // Both are there from now on, and nothing is written again.
    const both = `${name}=${cookie}; ${written}=${cookies[0]?.value}`;
    if (name !== written) expect((await visit({ ...DOCUMENT, cookie: both })).cookies).toEqual([]);
  });

  test("is somebody new where the secret is gone", async () => {
    const { id, cookie } = await mintVisitorId(OLD);
    at(HTTPS);
    const { cookies } = await visit({ ...DOCUMENT, cookie: `__Host-cal_vid=${cookie}` });
    expect(await verifyVisitorId(cookies[0]?.value, SECRET)).not.toBe(id);
  });

  test("is the one of this host, where the browser has two that we signed", async () => {
    const { resolveIdentity } = await import("@/modules/experiments/resolve-identity");
    const { readValues, ownCookies } = await import("@/lib/own-cookies");
    const [mine, planted] = [await mintVisitorId(SECRET), await mintVisitorId(SECRET)];
    const { cookies, headers } = new NextRequest(HTTPS, {
      headers: { cookie: `cal_vid=${planted.cookie}; __Host-cal_vid=${mine.cookie}` },
    });
    const identity = await resolveIdentity({
      userId: null,
      visitorCookies: readValues(cookies, ownCookies.visitor),
      consentCookie: undefined,
      headers,
      settings: {
        VISITOR_COOKIE_SECRET: SECRET,
        VISITOR_COOKIE_SECRET_PREVIOUS: undefined,
        CONSENT_MODE: "off",
        TRUSTED_PROXIES: { kind: "none" },
      },
    });
    expect(identity.visitorId).toBe(mine.id);
  });
});

describe("a page in a frame of another site", () => {
  const FRAME = { "sec-fetch-dest": "iframe", "sec-fetch-site": "cross-site" };
  const EMBEDS = { EMBED_ROUTES: "/book/*, /pricing", EMBED_ANCESTORS: "https://blog.example" };

  test("has a visitor of its own there, if it may be framed", async () => {
    at("https://app.example.com", EMBEDS);
    for (const path of ["/pricing", "/book/a"])
      expect((await visit(FRAME, "GET", path)).cookie).toMatchObject({
        name: "__Host-cal_vid",
        sameSite: "none",
        secure: true,
        partitioned: true,
      });
  });

  test.each<[string, string, string, Record<string, string>]>([
    ["is not one of those", "https://app.example.com", "/teams", FRAME],
    ["is only above one", "https://app.example.com", "/book", FRAME],
    [
      "is of this very site",
      "https://app.example.com",
      "/pricing",
      { ...FRAME, "sec-fetch-site": "same-origin" },
    ],
    ["is not secure", "http://localhost:3000", "/pricing", FRAME],
  ])("has none where it %s", async (_, url, path, headers) => {
    at(url, EMBEDS);
    expect((await visit(headers, "GET", path)).cookies).toEqual([]);
  });
});

describe("the scripts of a page", () => {
  test("have a nonce that is drawn for each render, and that no request names", async () => {
    const foreign = "script-src 'nonce-Zm9yZWlnbg=='";
    const seen = new Set<string | null>();
    for (const headers of [DOCUMENT, { ...DOCUMENT, "content-security-policy": foreign }]) {
      const { policy, policyOfRender } = await visit(headers);
      expect(policy).toMatch(/^script-src 'self' 'nonce-[A-Za-z0-9+/]{40,}={0,2}' 'sha256-[^']+'$/);
      expect(policyOfRender).toBe(policy);
      seen.add(policy);
    }
    expect(seen.size).toBe(2);
  });

  test("of a page that is there already have none, whatever a request says", async () => {
    const { policy, forwarded } = await visit({ ...DOCUMENT, "content-security-policy": "x" }, "GET", "/");
    expect(policy).toBeNull();
    expect(forwarded).not.toContain("content-security-policy");
    expect(forwarded).toContain("sec-fetch-dest");
  });

  test("have one in development too where nothing is prerendered, and may use eval as React's tools do", async () => {
    vi.resetModules();
    vi.stubEnv("NODE_ENV", "development");
    expect((await visit(DOCUMENT, "GET", "/")).policy).toMatch(/'nonce-[^']+' 'sha256-[^']+' 'unsafe-eval'$/);
  });

  test("and the policy that only reports is not handed on either", async () => {
    const { forwarded } = await visit({ ...DOCUMENT, "content-security-policy-report-only": "x" });
    expect(forwarded).not.toContain("content-security-policy-report-only");
  });
});

test("a forged cookie is replaced, for the render too", async () => {
  const { id, cookie: forged } = await mintVisitorId("somebody else's secret, also long enough");
  const { cookie, seenByRender } = await visit({ ...DOCUMENT, cookie: `${VISITOR_COOKIE}=${forged}` });
  expect(cookie?.value).not.toContain(id);
  expect(seenByRender).toBe(cookie?.value);
});

describe("first sight", () => {
  const HERE = { ...DOCUMENT, "sec-fetch-site": "same-origin" };

  test("is told to the render, and to none of a visitor who is known", async () => {
    for (const site of ["none", "cross-site", "same-site"])
      expect(await visit({ ...DOCUMENT, "sec-fetch-site": site })).toMatchObject({ madeFor: "this-page" });
    const { cookie } = await mintVisitorId(SECRET);
    const known = { ...DOCUMENT, cookie: `${VISITOR_COOKIE}=${cookie}` };
    expect((await visit(known)).madeFor).toBeNull();
    expect((await visit({ ...known, "x-visitor-first-sight": "this-page" })).madeFor).toBeNull();
  });

  test("is over on the next page of this site: without a cookie there is no visitor, and another one is made", async () => {
    const { cookie, seenByRender, madeFor } = await visit(HERE);
    expect(await verifyVisitorId(cookie?.value, SECRET)).not.toBeNull();
    // Next shows the cookie to the render all the same.
    expect([seenByRender, madeFor]).toEqual([undefined, "next-page"]);
  });

  test.each([
    ["prefetch", { "sec-purpose": "prefetch" }],
    ["prerender", { "sec-purpose": "prefetch;prerender" }],
    ["old prefetch", { purpose: "prefetch" }],
    ["preview", { "x-purpose": "preview" }],
  ])("may be a %s: its page knows the visitor whom the browser takes over with it", async (_, purpose) => {
    const { cookie, seenByRender } = await visit({ ...DOCUMENT, ...purpose, "sec-fetch-site": "cross-site" });
    expect(await verifyVisitorId(cookie?.value, SECRET)).not.toBeNull();
    expect(seenByRender).toBe(cookie?.value);
    expect((await visit({ ...HERE, ...purpose })).seenByRender).toBeUndefined();
  });

  test("is not that of HEAD, which is rendered as what nobody may look at", async () => {
    expect(await visit(DOCUMENT, "HEAD")).toMatchObject({
      cookies: [],
      madeFor: null,
      purpose: "prefetch",
    });
  });
});

describe("nobody is remembered", () => {
  test.each<[string, Record<string, string>, string?]>([
    ["soft navigation", { "sec-fetch-dest": "empty", accept: "*/*" }],
    ["HEAD", DOCUMENT, "HEAD"],
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

  test("where it is required and the browser says no to every site, until somebody accepts with it", async () => {
    vi.stubEnv("CONSENT_MODE", "required");
    const withSignal = { ...DOCUMENT, "sec-gpc": "1" };
    for (const choice of ["", "granted", "denied"])
      expect((await visit({ ...withSignal, cookie: `cal_consent=${choice}` })).cookie).toBeUndefined();
    const accepted = { ...withSignal, cookie: "cal_consent=granted_all_the_same" };
    expect((await visit(accepted)).cookie).toBeDefined();
    vi.resetModules();
    vi.stubEnv("CONSENT_MODE", "off");
    expect((await visit(withSignal)).cookie).toBeDefined();
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

describe("a shared report", () => {
  const open = async (headers: Record<string, string> = DOCUMENT, path = `/reports/${"A".repeat(43)}`) => {
    const { proxy } = await import("./proxy");
    return proxy(new NextRequest(`http://localhost:3000${path}`, { headers }));
  };

  test("makes no visitor of its reader, and is for no cache, no search engine and no other site", async () => {
    for (const path of [`/reports/${"A".repeat(43)}`, "/reports/none", "/reports/a/b"]) {
      const { headers, cookies, status } = await open(DOCUMENT, path);
      expect(cookies.getAll()).toEqual([]);
      expect(headers.get("x-middleware-request-x-visitor-first-sight")).toBeNull();
      expect(status).toBe(200);
      expect(headers.get("cache-control")).toBe("private, no-store");
      expect(headers.get("x-robots-tag")).toContain("noindex");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("content-security-policy")).toContain("'nonce-");
    }
  });

  test("is refused to a network that asks for one after the other, in its language, and to no other", async () => {
    vi.stubEnv("TRUSTED_PROXIES", "1");
    const from = (address: string, language = "en") =>
      open({ ...DOCUMENT, "x-forwarded-for": address, "accept-language": language });
    const statuses: number[] = [];
    for (let asked = 0; asked < 61; asked++) statuses.push((await from("203.0.113.7")).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    const refused = await from("203.0.113.7", "de");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(refused.headers.get("cache-control")).toBe("private, no-store");
    expect(await refused.text()).toContain("Zu viele Anfragen.");
    expect((await from("203.0.113.8")).status).toBe(200);
  });
});

test.each([
  ["/", true],
  ["/settings/billing", true],
  ["/teams/design-studio", true],
  ["/api/trpc/viewer.experiments.getVariant", false],
  ["/_next/static/chunks/main.js", false],
  ["/favicon.ico", true],
  ["/site/x.png", true],
  ["/teams/a.b", true],
])("the proxy is asked about %s: %s", async (path, isAsked) => {
  const { config } = await import("./proxy");
  expect(config.matcher.some((pattern) => new RegExp(`^${pattern}$`).test(path))).toBe(isAsked);
});
