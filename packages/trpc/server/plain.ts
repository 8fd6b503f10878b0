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

/** A copy in which those keys say what they are: whoever reads it sees what is wrong, and the rest stays as it was. */
export function renameRefusedKeys(value: unknown, depth = 0): unknown {
  if (typeof value !== "object" || value === null || depth === MAX_DEPTH) return value;
  if (Array.isArray(value)) return value.map((item) => renameRefusedKeys(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, part]) => [
      REFUSED_KEYS.has(key) ? `${key} (refused name)` : key,
      renameRefusedKeys(part, depth + 1),
    ]),
  );
}
