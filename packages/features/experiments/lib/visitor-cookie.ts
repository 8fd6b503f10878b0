import { firstAccepted, requireSecrets, type Secrets } from "@calcom/lib/secrets";
import { cookieNames } from "./cookie-names";
import {
  mintVisitorId,
  signVisitorId,
  VISITOR_COOKIE,
  VISITOR_COOKIE_MAX_AGE_SECONDS,
  verifyVisitorId,
} from "./visitor-id";

/**
 * From the proxy to the render of the same request: for which page its visitor was made. Never taken from outside. The
 * cookie alone does not tell, since Next shows a render what the proxy is about to set.
 */
export const FIRST_SIGHT_HEADER = "x-visitor-first-sight";
export type MadeFor = "this-page" | "next-page";

export interface VisitorSettings {
  /** The secrets that cookies are signed with, the present one first. */
  secrets: Secrets;
  /** Whether people open the site over https. */
  isSecure: boolean;
  /** Whether this browser may be given one, where that needs consent. */
  hasConsent?: boolean;
}

const PRIVATE = "private, max-age=0, must-revalidate";

export interface PreparedVisitor {
  /** Those of the request, for the render of this very page. */
  headers: Headers;
  /** The header of the answer; null where the browser needs none. */
  setCookie: string | null;
  /** The Cache-Control of an answer that sets a cookie: a shared cache would give all visitors the same cookie. */
  cacheControl: string | null;
}

/**
 * The visitor of a request; null for none. The strongest name comes first, and the first that verifies wins.
 *
 * @throws RangeError for a secret shorter than 32 characters
 */
export async function readVisitor(cookie: string, given: Secrets): Promise<string | null> {
  return (await findVisitor(cookie, requireSecrets(given)))?.id ?? null;
}

/** Makes another visitor of the same browser: another person is at it from now on. Null where it has none. */
export async function renewVisitor(
  cookie: string,
  given: Secrets,
): Promise<{ id: string; setCookie: string } | null> {
  const secrets = requireSecrets(given);
  const known = await findVisitor(cookie, secrets);
  if (known === null) return null;
  const made = await mintVisitorId(secrets[0]);
  return { id: made.id, setCookie: writeCookie(made.cookie, known.name !== VISITOR_COOKIE) };
}

async function findVisitor(cookie: string, secrets: Secrets): Promise<{ id: string; name: string } | null> {
  for (const name of cookieNames(VISITOR_COOKIE))
    for (const value of valuesOf(cookie, name)) {
      const id = await firstAccepted(secrets, (secret) => verifyVisitorId(value, secret));
      if (id !== null) return { id, name };
    }
  return null;
}

function nameFor(isSecure: boolean): string {
  return isSecure ? cookieNames(VISITOR_COOKIE)[0] : VISITOR_COOKIE;
}

function writeCookie(value: string, isSecure: boolean): string {
  return `${nameFor(isSecure)}=${value}; Path=/; Max-Age=${VISITOR_COOKIE_MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax${isSecure ? "; Secure" : ""}`;
}

/**
 * Gives a browser its visitor's cookie in time for the page that is about to be rendered: for the proxy of an
 * application, with documents alone. It asks no database, so it runs at the edge too.
 */
export async function prepareVisitor(
  request: Pick<Request, "method" | "headers">,
  { secrets, isSecure, hasConsent = true }: VisitorSettings,
): Promise<PreparedVisitor> {
  const headers = new Headers(request.headers);
  headers.delete(FIRST_SIGHT_HEADER);
  // Nobody looks at what is rendered for it.
  if (request.method === "HEAD") headers.set("sec-purpose", "prefetch");
  if (!hasConsent || !isDocument(request)) return { headers, setCookie: null, cacheControl: null };
  const name = nameFor(isSecure);
  const cookies = headers.get("cookie") ?? "";
  const known = await readVisitor(cookies, secrets);
  const cookie =
    known === null ? (await mintVisitorId(secrets[0])).cookie : await signVisitorId(known, secrets[0]);
  if (valuesOf(cookies, name).includes(cookie)) return { headers, setCookie: null, cacheControl: null };
  const setCookie = writeCookie(cookie, isSecure);
  if (known !== null) return { headers, setCookie, cacheControl: PRIVATE };
  // A page of this site was there before and brought a cookie, which this browser does not keep.
  const isKept = headers.get("sec-fetch-site") !== "same-origin";
  headers.set(FIRST_SIGHT_HEADER, (isKept ? "this-page" : "next-page") satisfies MadeFor);
  if (isKept) headers.set("cookie", [cookies, `${name}=${cookie}`].filter((part) => part !== "").join("; "));
  return { headers, setCookie, cacheControl: PRIVATE };
}

/** A page as a whole: no soft navigation, no frame, no call. */
function isDocument({ method, headers }: Pick<Request, "method" | "headers">): boolean {
  if (method !== "GET") return false;
  const destination = headers.get("sec-fetch-dest");
  // Old browsers, and people with curl, do not say what the answer is for.
  return destination === null
    ? (headers.get("accept") ?? "").includes("text/html")
    : destination === "document";
}

function valuesOf(cookies: string, name: string): string[] {
  return cookies
    .split(/;\s*/)
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}
