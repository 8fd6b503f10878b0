/**
 * HMAC-SHA-256 in hex. Each use signs messages with a prefix of its own, so that a signature for one use is worthless
 * for another.
 */
export async function computeHmac(message: string, secret: string): Promise<string> {
  const signature = await crypto.subtle.sign("HMAC", await importKey(secret), encodeText(message));
  return toHex(new Uint8Array(signature));
}

/** Whether we have signed the message. Takes the same time wherever two signatures differ. */
export async function verifyHmac(message: string, signature: string, secret: string): Promise<boolean> {
  if (!HEX.test(signature)) return false;
  return crypto.subtle.verify("HMAC", await importKey(secret), fromHex(signature), encodeText(message));
}

const HEX = /^[0-9a-f]{64}$/;

// A process has a secret for visitors and one for previews, and tests a few more.
const MAX_KEYS = 8;
const imported = new Map<string, Promise<CryptoKey>>();

function importKey(secret: string): Promise<CryptoKey> {
  const known = imported.get(secret);
  if (known) return known;
  if (imported.size >= MAX_KEYS) imported.clear();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = crypto.subtle.importKey("raw", encodeText(secret), algorithm, false, ["sign", "verify"]);
  imported.set(secret, key);
  return key;
}

function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromHex(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: hex.length / 2 }, (_, index) =>
    Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16),
  );
}
