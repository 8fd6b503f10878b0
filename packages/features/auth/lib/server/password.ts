import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { UNKNOWN_CLIENT } from "@calcom/lib/network";
import { type Asker, inTurn } from "./password-work";

export interface ScryptCost {
  /** log2 of N. */
  ln: number;
  r: number;
  p: number;
}

// 32 MiB and about 0.2 s: one of OWASP's equivalent settings (Password Storage Cheat Sheet). It is a small one in
// memory, because everybody who knows the address can start it.
const CURRENT: ScryptCost = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;

/** A process of our own, such as a command. It waits, and keeps nobody from anything. */
const OURSELVES: Asker = { client: UNKNOWN_CLIENT, isKnown: true };

/** `$scrypt$ln=15,r=8,p=3$salt$key`, base64 without padding: a hash made today is still read after the cost is raised. */
export async function hashPassword(
  password: string,
  asker: Asker = OURSELVES,
  cost: ScryptCost = CURRENT,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  return format(cost, salt, await inTurn(() => derive(password, salt, cost), asker));
}

/** @throws Error where the stored hash cannot be read: that is damage, not a wrong password. */
export async function verifyPassword(
  password: string,
  stored: string,
  asker: Asker = OURSELVES,
): Promise<boolean> {
  const { cost, salt, key } = parse(stored);
  return timingSafeEqual(await inTurn(() => derive(password, salt, cost), asker), key);
}

/** Whether the hash was made at another cost than new ones are. */
export function needsRehash(stored: string): boolean {
  const { ln, r, p } = parse(stored).cost;
  return ln !== CURRENT.ln || r !== CURRENT.r || p !== CURRENT.p;
}

/**
 * A hash that no password matches and that costs as much to check as a real one, so that trying an unknown address
 * takes as long as mistyping a password.
 */
export function hashOfNobody(): string {
  return format(CURRENT, randomBytes(SALT_BYTES), randomBytes(KEY_BYTES));
}

function derive(password: string, salt: Buffer, { ln, r, p }: ScryptCost): Promise<Buffer> {
  const N = 2 ** ln;
  // Node refuses to use more than maxmem, and scrypt needs 128 N r.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * N * r };
  return new Promise((resolve, reject) => {
    // On another keyboard the same characters may arrive as other code points.
    scrypt(password.normalize("NFKC"), salt, KEY_BYTES, options, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

function format({ ln, r, p }: ScryptCost, salt: Buffer, key: Buffer): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${encode(salt)}$${encode(key)}`;
}

const pattern = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

function parse(stored: string): { cost: ScryptCost; salt: Buffer; key: Buffer } {
  const [, ln, r, p, salt, key] = pattern.exec(stored) ?? [];
  const keyBytes = Buffer.from(key ?? "", "base64");
  if (salt === undefined || keyBytes.length !== KEY_BYTES) {
    throw new Error("A stored password hash is not of the form $scrypt$ln=…,r=…,p=…$salt$key.");
  }
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, "base64"),
    key: keyBytes,
  };
}

function encode(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
