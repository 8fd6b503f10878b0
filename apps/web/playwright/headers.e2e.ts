import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { METHODS } from "node:http";
import { expect, loginAs, startWebServer, type TestWebServer, test, testEnv } from "./support/fixtures";
import { startOwnServer } from "./support/own-server";
import { type Answer, ask } from "./support/wire";

const CHROME =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const DOCUMENT = { "user-agent": CHROME, "sec-fetch-dest": "document", accept: "text/html" };
const JSON_OF_OURS = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};
const CLOSED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

type Question = [
  kind: string,
  status: number,
  path: string,
  options?: { method?: string; headers?: Record<string, string>; body?: string },
];

/** What is no page, and may do nothing. */
const others: Question[] = [
  ["a procedure", 200, "/api/trpc/viewer.experiments.listActiveExperiments", { headers: JSON_OF_OURS }],
  ["a procedure that is not there", 404, "/api/trpc/viewer.nothing", { headers: JSON_OF_OURS }],
  ["a procedure that refuses", 401, "/api/trpc/viewer.admin.flags.list", { headers: JSON_OF_OURS }],
  ["a route", 200, "/api/health"],
  [
    "a route that refuses",
    403,
    "/api/experiments/exposures",
    { method: "POST", headers: { "sec-fetch-site": "cross-site" } },
  ],
  ["a route of another method", 405, "/api/experiments/exposures"],
  ["next-auth's route", 200, "/api/auth/csrf"],
  ["a redirect", 308, "/pricing/"],
  ["a method that nothing has", 405, "/", { method: "TRACE" }],
  ["a method that no page has", 405, "/pricing", { method: "DELETE" }],
  ["a method of WebDAV", 405, "/api/health", { method: "PROPFIND" }],
];

/** What stands where pages do. */
const besidePages: Question[] = [
  ["a file", 200, "/static/locales/en/common.json"],
  ["the icon", 200, "/icon.svg"],
  ["a redirect to the login", 307, "/teams"],
  ["a redirect out of a preview", 307, "/pricing?experiment.a=b", { headers: DOCUMENT }],
];

/** Those that are rendered for one request, and those that are there already. */
const pages: Question[] = [
  ["a prerendered page", 200, "/", { headers: DOCUMENT }],
  ["a page of the site", 200, "/pricing", { headers: DOCUMENT }],
  ["a page", 200, "/login", { headers: DOCUMENT }],
  ["no page", 404, "/nowhere", { headers: DOCUMENT }],
  ["no page, with a dot", 404, "/no.where", { headers: DOCUMENT }],
  ["no page, below the routes that are chosen", 404, "/site/en/pricing", { headers: DOCUMENT }],
];

let server: TestWebServer;
test.beforeAll(async () => {
  // As behind a proxy that ends TLS: the address is https, and what is read here is what the proxy would send on.
  server = await startWebServer({
    databaseUrl: testEnv().databaseUrl,
    env: { NEXTAUTH_URL: "https://app.example.com" },
  });
});
test.afterAll(() => server.stop());

const get = (path: string, { body, ...options }: Question[3] = {}, port = server.port) =>
  ask(port, path, options, body);

/** Inline scripts, as they stand in the HTML, without those that are only data. */
const scriptsIn = (html: string) =>
  [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)]
    .map(([, attributes = "", text = ""]) => ({ attributes, text }))
    .filter(({ attributes }) => !/ src=| type="application\/json"/.test(attributes));

const sourcesOf = ({ headers }: Answer) =>
  /script-src ([^;]+)/.exec(String(headers["content-security-policy"]))?.[1]?.split(" ") ?? [];

test("every kind of answer has every header", async () => {
  const built = builtFile();
  const closed = [...others, ["what was built", 200, built] as Question];
  for (const [kind, status, path, options] of [...closed, ...besidePages, ...pages]) {
    const answer = await get(path, options);
    expect.soft(answer.status, kind).toBe(status);
    expect.soft(answer.headers, kind).toMatchObject(ALWAYS);
    expect
      .soft(answer.headers["strict-transport-security"], kind)
      .toBe("max-age=31536000; includeSubDomains");
    expect.soft(answer.headers["referrer-policy"], kind).toBeDefined();
    const policy = String(answer.headers["content-security-policy"]);
    expect.soft(policy, kind).toContain("frame-ancestors 'none'");
    expect.soft(policy.match(/script-src/g)?.length ?? 0, `${kind}: ${policy}`).toBeLessThanOrEqual(1);
    expect.soft(sourcesOf(answer).join(" "), kind).not.toMatch(/unsafe|https?:|\*/);
    expect.soft(answer.headers["x-powered-by"], kind).toBeUndefined();
  }
  for (const [kind, , path, options] of closed)
    expect.soft((await get(path, options)).headers["content-security-policy"], kind).toBe(CLOSED);
});

test("pages name exactly the scripts that they hold: by a nonce of their own, or by hashes", async () => {
  const nonces = new Set<string>();
  for (const [kind, , path, options] of [...pages, ...pages]) {
    const answer = await get(path, options);
    const sources = sourcesOf(answer);
    const scripts = scriptsIn(answer.body);
    expect(scripts.length, kind).toBeGreaterThan(1);
    expect(answer.headers["content-security-policy"], kind).toContain("upgrade-insecure-requests");
    for (const { attributes, text } of scripts) {
      const nonce = / nonce="([^"]+)"/.exec(attributes)?.[1];
      if (nonce !== undefined) nonces.add(`${nonce} ${kind}`);
      const hash = createHash("sha256").update(text).digest("base64");
      const named = nonce === undefined ? `'sha256-${hash}'` : `'nonce-${nonce}'`;
      expect(sources, `${kind}: ${text.slice(0, 80)}`).toContain(named);
    }
  }
  // Each of the pages that are rendered was asked twice.
  expect(nonces.size).toBe((pages.length - 1) * 2);
});

test("a prerendered page stays one, and its hashes hold where it is made while the server runs", async () => {
  const statuses = new Set<string>();
  const bot = "Googlebot/2.1 (+http://www.google.com/bot.html)";
  // What bots see is not prerendered: it is made when it is first asked for, and is there afterwards.
  for (const agent of [CHROME, bot, bot])
    for (const language of ["en", "de"]) {
      const headers = { ...DOCUMENT, "user-agent": agent, "accept-language": language };
      const answer = await get("/", { headers });
      statuses.add(String(answer.headers["x-nextjs-cache"]));
      const sources = sourcesOf(answer);
      expect(sources.some((source) => source.includes("nonce"))).toBe(false);
      for (const { text } of scriptsIn(answer.body))
        expect(sources).toContain(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
    }
  // Another test may have asked first; a page that was rendered for one request has no such status.
  expect(statuses).toContain("HIT");
  for (const status of statuses) expect(["HIT", "MISS", "STALE"]).toContain(status);
});

test("the first answers of a server have every header too", async () => {
  const fresh = await startWebServer({
    databaseUrl: testEnv().databaseUrl,
    env: { NEXTAUTH_URL: "https://app.example.com" },
  });
  const answers = await Promise.all(["/", "/pricing", "/api/health"].map((path) => ask(fresh.port, path)));
  await fresh.stop();
  for (const { headers } of answers) {
    expect(headers).toMatchObject(ALWAYS);
    expect(headers["strict-transport-security"]).toBeDefined();
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
  }
});

test("a policy in a request changes nothing, for whoever sends it and for whoever comes next", async () => {
  const foreign = "script-src 'nonce-Zm9yZWlnbg=='";
  for (const [kind, , path] of pages)
    for (const name of ["content-security-policy", "content-security-policy-report-only"]) {
      const asked = await get(path, { headers: { ...DOCUMENT, [name]: foreign } });
      const next = await get(path, { headers: DOCUMENT });
      for (const { body, headers } of [asked, next])
        expect(body + JSON.stringify(headers), kind).not.toContain("Zm9yZWlnbg");
    }
  for (const [kind, , path, options] of [...others, ...besidePages]) {
    const headers = { ...options?.headers, "content-security-policy": foreign };
    const answer = await get(path, { ...options, headers });
    expect(answer.body + JSON.stringify(answer.headers), kind).not.toContain("Zm9yZWlnbg");
  }
});

test("no method of Node's is answered by a 500, wherever it is sent", async () => {
  const port = Number(new URL(testEnv().baseUrl).port);
  for (const method of METHODS.filter((name) => name !== "CONNECT"))
    for (const path of [
      "/",
      "/pricing",
      "/login",
      "/api/health",
      "/api/trpc/a",
      "/icon.svg",
      "/nowhere",
      "/api/x",
    ]) {
      const { status } = await ask(port, path, { method });
      expect(status, `${method} ${path}`).toBeLessThan(500);
    }
});

test("what somebody gets who is signed in is stored by nobody, with and without a visitor's cookie", async ({
  page,
}) => {
  await loginAs(page, "admin@example.com");
  const port = Number(new URL(testEnv().baseUrl).port);
  const cookies = await page.context().cookies();
  for (const left of [cookies, cookies.filter(({ name }) => name !== "cal_vid")]) {
    const cookie = left.map(({ name, value }) => `${name}=${value}`).join("; ");
    for (const path of [
      "/",
      "/pricing",
      "/teams",
      "/settings/profile",
      "/settings/admin/experiments",
      "/nowhere",
      "/pricing/",
      "/login",
      "/api/auth/session",
      "/api/experiments/reader",
      "/api/trpc/viewer.admin.flags.list",
    ])
      for (const headers of [
        { ...DOCUMENT, cookie },
        { rsc: "1", "sec-fetch-site": "same-origin", cookie },
      ]) {
        const answer = await ask(port, path, { headers });
        expect.soft(answer.headers["cache-control"], `${path} ${answer.status}`).toContain("no-store");
      }
    const file = await ask(port, "/icon.svg", { headers: { cookie } });
    expect(file.headers["cache-control"]).toContain("public");
  }
});

test("a failure is answered without details, and with every header", async ({ page }) => {
  const own = await startOwnServer();
  const { port } = new URL(own.baseUrl);
  await loginAs(page, own.admin.email, { baseUrl: own.baseUrl, password: own.admin.password });
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
  await own.database.pool.query(`ALTER TABLE "User" RENAME TO "Hidden"`);
  const answer = await ask(Number(port), "/settings/profile", { headers: { ...DOCUMENT, cookie } });
  await own.stop();
  expect(answer.status).toBe(500);
  expect(answer.headers).toMatchObject({ ...ALWAYS, "cache-control": expect.stringContaining("no-store") });
  expect(answer.body).not.toMatch(/relation|Hidden|\.ts:|\.js:/);
});

/** A script that this build has made. */
function builtFile(): string {
  const [file] = readdirSync("apps/web/.next/static/chunks").filter((name) => name.endsWith(".js"));
  return `/_next/static/chunks/${file}`;
}
