import type { Json } from "@calcom/features/experiments";

/** How much of a value its type says: all of it, or only what kind of thing it is. */
export type Precision = "literal" | "shape";

/** The TypeScript type of a JSON value, on one line. */
export function payloadType(value: Json, precision: Precision): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return listType(value, precision);
  if (typeof value === "object") return objectType(value, precision);
  return precision === "shape" ? typeof value : JSON.stringify(value);
}

/** The elements' types, each once. A length that happens to be is no promise, so it is no tuple. */
function listType(values: Json[], precision: Precision): string {
  const elements = [...new Set(values.map((value) => payloadType(value, precision)))].sort();
  if (elements.length === 0) return "never[]";
  // A list puts its own union in brackets, so a single element is never an open one.
  return elements.length === 1 ? `${elements[0]}[]` : `(${elements.join(" | ")})[]`;
}

function objectType(value: { [key: string]: Json }, precision: Precision): string {
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}: ${payloadType(value[key] ?? null, precision)};`);
  return members.length === 0 ? "Record<string, never>" : `{ ${members.join(" ")} }`;
}
