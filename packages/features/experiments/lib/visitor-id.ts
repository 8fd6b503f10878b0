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
  const signature = await crypto.subtle.sign("HMAC", await keyOf(secret), messageOf(id));
  return `${id}.${toHex(new Uint8Array(signature))}`;
}

/** The id, where the cookie was signed by us; null for anything else. Takes the same time wherever it differs. */
export async function verifyVisitorId(cookie: string | undefined, secret: string): Promise<string | null> {
  const parts = COOKIE.exec(cookie ?? "");
  const [, id, signature] = parts ?? [];
  if (id === undefined || signature === undefined) return null;
  const isOurs = await crypto.subtle.verify("HMAC", await keyOf(secret), fromHex(signature), messageOf(id));
  return isOurs ? id : null;
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

let imported: { secret: string; key: Promise<CryptoKey> } | undefined;

function keyOf(secret: string): Promise<CryptoKey> {
  if (imported?.secret !== secret) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, [
      "sign",
      "verify",
    ]);
    imported = { secret, key };
  }
  return imported.key;
}

// The prefix keeps a signature made for anything else with this secret from passing as a visitor's.
function messageOf(id: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${VISITOR_COOKIE}:${id}`);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
