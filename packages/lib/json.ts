export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Whether it is an object as JSON knows them: no array, no instance of a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has another Object.prototype, and is accepted too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Freezes JSON as deep as it goes: what many readers share, none of them can change. */
export function freezeJson<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freezeJson(part);
  return value;
}

/** No path and no literal of a condition is deeper. */
const MAX_NORMALIZED_DEPTH = 16;

/**
 * JSON with every text, keys too, in normal form C of Unicode: "Zürich" is typed in two ways that look alike. Conditions and
 * the attributes they are held to pass through it.
 */
export function normalizeTexts<Value>(value: Value, depth?: number): Value;
export function normalizeTexts(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.normalize("NFC");
  if (depth === MAX_NORMALIZED_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => normalizeTexts(item, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key.normalize("NFC"), normalizeTexts(inner, depth + 1)]),
  );
}

/** Parses what only programs write, such as a cookie of ours; undefined where it is no JSON. */
export function readOwnJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
