import { createHash } from "node:crypto";
import { expect, type TestWebServer, test } from "./support/fixtures";
import {
  besidePages,
  DOCUMENT,
  others,
  pages,
  type Question,
  scriptsIn,
  sourcesOf,
  startSecureServer,
} from "./support/kinds-of-answers";
import { CHROME } from "./support/person-browser";
import { ask } from "./support/wire";

let server: TestWebServer;
test.beforeAll(async () => {
  server = await startSecureServer();
});
test.afterAll(() => server.stop());

const get = (path: string, { body, ...options }: Question[3] = {}) => ask(server.port, path, options, body);

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
