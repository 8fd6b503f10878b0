import { hmacOf, isHmacOf } from "./hmac";

/** The signed id; HttpOnly, so that no script reads or forges it. */
export const VISITOR_COOKIE = "cal_vid";
export const VISITOR_COOKIE_MAX_AGE_SECONDS = 365 * 24 * 60 * 60;
/** Where the browser keeps a copy of the bare id for its own use; the server never believes it. */
export const VISITOR_STORAGE_KEY = "cal_visitor_id";

/** Holds "granted" once the person has consented; asked for only where the application requires consent. */
export const CONSENT_COOKIE = "cal_consent";

export interface Visitor {
  id: string;
  /** What the cookie holds: the id and its signature. */
  cookie: string;
}

/** A visitor that was never seen before. */
export async function mintVisitorId(secret: string): Promise<Visitor> {
  const id = crypto.randomUUID();
  return { id, cookie: await signVisitorId(id, secret) };
}

export async function signVisitorId(id: string, secret: string): Promise<string> {
  return `${id}.${await hmacOf(messageOf(id), secret)}`;
}

/** The id, where the cookie was signed by us; null for anything else. Takes the same time wherever it differs. */
export async function verifyVisitorId(cookie: string | undefined, secret: string): Promise<string | null> {
  const parts = COOKIE.exec(cookie ?? "");
  const [, id, signature] = parts ?? [];
  if (id === undefined || signature === undefined) return null;
  return (await isHmacOf(messageOf(id), signature, secret)) ? id : null;
}

/** Best effort: where storage is forbidden or full, nothing depends on it. */
export function mirrorVisitorId(id: string): void {
  try {
    localStorage.setItem(VISITOR_STORAGE_KEY, id);
  } catch {
    // Private windows and blocked site data throw here; the cookie alone is what counts.
  }
}

const COOKIE = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([0-9a-f]{64})$/;

// The prefix keeps a signature made for anything else with this secret from passing as a visitor's.
function messageOf(id: string): string {
  return `${VISITOR_COOKIE}:${id}`;
}
