import { readdirSync } from "node:fs";
import { METHODS } from "node:http";
import { expect, loginAs, long, type TestWebServer, test, testEnv } from "./support/fixtures";
import {
  besidePages,
  DOCUMENT,
  others,
  pages,
  type Question,
  sourcesOf,
  startSecureServer,
} from "./support/kinds-of-answers";
import { startOwnServer } from "./support/own-server";
import { ask } from "./support/wire";

const ALWAYS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), microphone=(), geolocation=()",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};
const CLOSED = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

let server: TestWebServer;
test.beforeAll(async () => {
  server = await startSecureServer();
});
test.afterAll(() => server.stop());

const get = (path: string, { body, ...options }: Question[3] = {}) => ask(server.port, path, options, body);

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

test("the first answers of a server have every header too", async () => {
  const fresh = await startSecureServer();
  const answers = await Promise.all(["/", "/pricing", "/api/health"].map((path) => ask(fresh.port, path)));
  await fresh.stop();
  for (const { headers } of answers) {
    expect(headers).toMatchObject(ALWAYS);
    expect(headers["strict-transport-security"]).toBeDefined();
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
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

test("a failure is answered without details, and with every header", long, async ({ page }) => {
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
