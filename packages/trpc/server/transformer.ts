import superjson from "superjson";

/**
 * superjson's format, which clients read with superjson itself. Most answers hold nothing but what JSON has, and
 * finding that out costs a tenth of the walk by which superjson writes down paths and types.
 */
export const transformer = {
  serialize: (value: unknown) => (isPlain(value) ? { json: value } : superjson.serialize(value)),
  // What comes in was parsed from the request a moment ago and belongs to nobody else.
  deserialize: (payload: Parameters<typeof superjson.deserialize>[0]): unknown =>
    superjson.deserialize(payload, { inPlace: true }),
};

/** Deeper values are left to superjson, cyclic ones among them. */
const MAX_DEPTH = 32;

/** Whether JSON holds the value as it is. What superjson would refuse or write otherwise is not plain. */
export function isPlain(value: unknown, depth = 0): boolean {
  if (value === null) return true;
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0);
    case "object":
      return depth < MAX_DEPTH && isPlainObject(value, depth + 1);
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    for (const item of value) if (!isPlain(item, depth)) return false;
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const key of Object.keys(value)) {
    if (REFUSED_KEYS.has(key) || !isPlain((value as Record<string, unknown>)[key], depth)) return false;
  }
  return true;
}

/** superjson takes an object with one of these for an attack. */
const REFUSED_KEYS = new Set(["__proto__", "constructor", "prototype"]);
