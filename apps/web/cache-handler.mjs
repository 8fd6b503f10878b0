import { createHash } from "node:crypto";
// Not one of Next's doors: its version is pinned, and serving.e2e.ts reads the policy of prerendered pages on the wire.
import fileSystemCache from "next/dist/server/lib/incremental-cache/file-system-cache.js";

/** @typedef {{ kind: string, html?: string, headers?: Record<string, unknown> }} Value */

// As Node imports it, and as the bundle does.
const FileSystemCache = fileSystemCache.default ?? fileSystemCache;
const POLICY = "content-security-policy";

/**
 * Next's own cache of prerendered pages. Nobody can draw a nonce for a page that is there before it is asked for, and
 * pages are made again while the server runs: so each entry carries the hashes of its very scripts as its policy.
 */
export default class HashingCache extends FileSystemCache {
  /** Entries are held in memory: each is hashed once. @type {WeakSet<object>} */
  static #hashed = new WeakSet();

  async get(...args) {
    const entry = await super.get(...args);
    if (entry?.value) HashingCache.#hash(entry.value);
    return entry;
  }

  /** What was just rendered goes out as it is put here. */
  async set(key, value, context) {
    if (value) HashingCache.#hash(value);
    return super.set(key, value, context);
  }

  /** @param {Value} value */
  static #hash(value) {
    if (typeof value.html !== "string" || HashingCache.#hashed.has(value)) return;
    value.headers = { ...value.headers, [POLICY]: `script-src 'self' ${hashesOf(value.html).join(" ")}` };
    HashingCache.#hashed.add(value);
  }
}

/** React escapes `>` in attributes, and `</script` in scripts. */
const SCRIPT = /<script((?:\s[^>]*)?)>([\s\S]*?)<\/script>/g;

/** @param {string} html */
function hashesOf(html) {
  const hashes = new Set();
  for (const [, attributes = "", text = ""] of html.matchAll(SCRIPT)) {
    if (/\ssrc=|\stype="application\/json"/.test(attributes)) continue;
    hashes.add(`'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  }
  return [...hashes];
}
