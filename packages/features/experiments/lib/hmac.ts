import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";

// Without WebCrypto and at once: that one waits for the few threads of the process, which passwords keep busy, and every
// page asks whose visitor's cookie it was sent.

/**
 * HMAC-SHA-256 in hex. Each use signs messages with a prefix of its own, so that a signature for one use is worthless
 * for another.
 */
export async function computeHmac(message: string, secret: string): Promise<string> {
  return sign(message, secret);
}

/** Whether we have signed the message. Takes the same time wherever two signatures differ. */
export async function verifyHmac(message: string, signature: string, secret: string): Promise<boolean> {
  if (!HEX.test(signature)) return false;
  const expected = sign(message, secret);
  let difference = 0;
  for (let index = 0; index < expected.length; index++)
    difference |= expected.charCodeAt(index) ^ signature.charCodeAt(index);
  return difference === 0;
}

/** The same for a secret and those before it. */
export async function verifyHmacOfAny(
  message: string,
  signature: string,
  secrets: readonly string[],
): Promise<boolean> {
  for (const secret of secrets) if (await verifyHmac(message, signature, secret)) return true;
  return false;
}

const HEX = /^[0-9a-f]{64}$/;

function sign(message: string, secret: string): string {
  return toHex(hmac(sha256, encodeText(secret), encodeText(message)));
}

function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
