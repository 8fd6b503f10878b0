import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Secrets } from "@calcom/lib/secrets";

// After OWASP's "Slow Down Online Guessing Attacks with Device Cookies": a browser in which somebody has signed in to an
// account before is counted by itself, so that nobody's guesses keep the owner out.

/** The accounts that one browser is known for; people share browsers, and have several accounts. */
const MAX_ACCOUNTS = 5;
const MAX_LENGTH = 1_000;
const COOKIE = /^((?:[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{16}~?)+)\.([A-Za-z0-9_-]{43})$/;

/** What this browser is called for the account; null where nobody has signed in to it here. */
export function deviceFor(email: string, cookie: string | undefined, secrets: Secrets): string | null {
  for (const secret of secrets) {
    const device = read(cookie, secret).get(accountOf(email, secret));
    if (device !== undefined) return device;
  }
  return null;
}

/** The cookie once somebody has signed in to the account. Under a new secret it begins with this account. */
export function rememberDevice(email: string, cookie: string | undefined, secrets: Secrets): string {
  const [secret] = secrets;
  const devices = read(cookie, secret);
  const account = accountOf(email, secret);
  const device = deviceFor(email, cookie, secrets) ?? randomBytes(12).toString("base64url");
  devices.delete(account);
  const latest = [...devices, [account, device] as const].slice(-MAX_ACCOUNTS);
  const text = latest.map((entry) => entry.join(".")).join("~");
  return `${text}.${sign("devices", text, secret).toString("base64url")}`;
}

function read(cookie: string | undefined, secret: string): Map<string, string> {
  if (cookie === undefined || cookie.length > MAX_LENGTH) return new Map();
  const [, text = "", signature = ""] = COOKIE.exec(cookie) ?? [];
  const expected = sign("devices", text, secret);
  const given = Buffer.from(signature, "base64url");
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return new Map();
  return new Map(text.split("~").map((entry) => entry.split(".") as [string, string]));
}

/** Names nobody to whoever reads the cookie. */
function accountOf(email: string, secret: string): string {
  return sign("account", email, secret).subarray(0, 16).toString("base64url");
}

function sign(use: string, text: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(`cal_device ${use}:${text}`).digest();
}
