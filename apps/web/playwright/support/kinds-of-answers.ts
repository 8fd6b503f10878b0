import { startWebServer, type TestWebServer } from "./fixtures";
import { CHROME } from "./person-browser";
import { testEnv } from "./test-env";
import type { Answer } from "./wire";

export const DOCUMENT = { "user-agent": CHROME, "sec-fetch-dest": "document", accept: "text/html" };
const JSON_OF_OURS = { "sec-fetch-site": "same-origin", "content-type": "application/json" };
export type Question = [
  kind: string,
  status: number,
  path: string,
  options?: { method?: string; headers?: Record<string, string>; body?: string },
];

/** What is no page, and may do nothing. */
export const others: Question[] = [
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
export const besidePages: Question[] = [
  ["a file", 200, "/static/locales/en/common.json"],
  ["the icon", 200, "/icon.svg"],
  ["a redirect to the login", 307, "/teams"],
  ["a redirect out of a preview", 307, "/pricing?experiment.a=b", { headers: DOCUMENT }],
];

/** Those that are rendered for one request, and those that are there already. */
export const pages: Question[] = [
  ["a prerendered page", 200, "/", { headers: DOCUMENT }],
  ["a page of the site", 200, "/pricing", { headers: DOCUMENT }],
  ["a page", 200, "/login", { headers: DOCUMENT }],
  ["no page", 404, "/nowhere", { headers: DOCUMENT }],
  ["no page, with a dot", 404, "/no.where", { headers: DOCUMENT }],
  ["no page, below the routes that are chosen", 404, "/site/en/pricing", { headers: DOCUMENT }],
];

/** As behind a proxy that ends TLS: the address is https, and what is read here is what the proxy would send on. */
export function startSecureServer(): Promise<TestWebServer> {
  return startWebServer({
    databaseUrl: testEnv().databaseUrl,
    env: { NEXTAUTH_URL: "https://app.example.com" },
  });
}

/** Inline scripts, as they stand in the HTML, without those that are only data. */
export const scriptsIn = (html: string) =>
  [...html.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)]
    .map(([, attributes = "", text = ""]) => ({ attributes, text }))
    .filter(({ attributes }) => !/ src=| type="application\/json"/.test(attributes));

export const sourcesOf = ({ headers }: Answer) =>
  /script-src ([^;]+)/.exec(String(headers["content-security-policy"]))?.[1]?.split(" ") ?? [];
