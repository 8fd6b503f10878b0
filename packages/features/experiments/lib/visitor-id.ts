import { computeHmac, verifyHmac } from "./hmac";

/** The cookie with the signed id; HttpOnly, so that no script reads or forges it. */
export const VISITOR_COOKIE = "cal_vid";
export const VISITOR_COOKIE_MAX_AGE_SECONDS = 365 * 24 * 60 * 60;
/** The key under which the browser keeps a copy of the bare id for its own use; the server never trusts it. */
export const VISITOR_STORAGE_KEY = "cal_visitor_id";

/** The cookie that holds "granted" after consent, in applications that require it. */
export const CONSENT_COOKIE = "cal_consent";

export interface Visitor {
  id: string;
  /** The value of the cookie: the id and its signature. */
  cookie: string;
}

/** Makes a new visitor. */
export async function mintVisitorId(secret: string): Promise<Visitor> {
  const id = crypto.randomUUID();
  return { id, cookie: await signVisitorId(id, secret) };
}

export async function signVisitorId(id: string, secret: string): Promise<string> {
  return `${id}.${await computeHmac(buildSignedText(id), secret)}`;
}

/** Returns the id if we have signed the cookie; null for anything else. Takes the same time wherever it differs. */
export async function verifyVisitorId(cookie: string | undefined, secret: string): Promise<string | null> {
  const parts = COOKIE.exec(cookie ?? "");
  const [, id, signature] = parts ?? [];
  if (id === undefined || signature === undefined) return null;
  return (await verifyHmac(buildSignedText(id), signature, secret)) ? id : null;
}

/** Copies the id to local storage if that is possible. Nothing depends on it. */
export function mirrorVisitorId(id: string): void {
  try {
    localStorage.setItem(VISITOR_STORAGE_KEY, id);
  } catch {
    // Private windows and blocked site data throw here. Only the cookie counts.
  }
}

const COOKIE = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\.([0-9a-f]{64})$/;

// Without the prefix, a signature made for something else with this secret would pass as a visitor's.
function buildSignedText(id: string): string {
  return `${VISITOR_COOKIE}:${id}`;
}
