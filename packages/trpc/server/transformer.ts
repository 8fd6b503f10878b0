import { TRPCError } from "@trpc/server";
import superjson from "superjson";
import { isPlain, renameRefusedKeys } from "./plain";

type Payload = Parameters<typeof superjson.deserialize>[0];

/**
 * superjson's format, which clients read with superjson itself. Most answers hold nothing but what JSON has, and
 * finding that out costs a tenth of the walk by which superjson writes down paths and types.
 */
export const transformer = {
  serialize: (value: unknown) => (isPlain(value) ? { json: value } : serialize(value)),
  deserialize(payload: unknown): unknown {
    try {
      // What comes in was parsed from the request a moment ago and belongs to nobody else.
      return superjson.deserialize(readInput(payload), { inPlace: true });
    } catch (cause) {
      throw new TRPCError({ code: "PARSE_ERROR", cause });
    }
  },
};

/** Nothing new is stored under a name that superjson refuses; what is there all the same must not silence an answer. */
function serialize(value: unknown): Payload {
  try {
    return superjson.serialize(value);
  } catch {
    return superjson.serialize(renameRefusedKeys(value));
  }
}

/**
 * Of superjson's annotations, those that our own clients send: what is undefined, and numbers that JSON does not have.
 * Others would make maps, patterns and classes of a stranger's choice; and equal parts could make a value that holds
 * itself, while they stand in the JSON anyway.
 */
function readInput(payload: unknown): Payload {
  if (typeof payload !== "object" || payload === null) throw new TypeError("Not an input");
  const { json, meta } = payload as Payload;
  if (meta?.values === undefined) return { json };
  if (!isKnown(meta.values, 0)) throw new TypeError("An unknown annotation");
  return { json, meta: { values: meta.values, v: meta.v ?? 0 } };
}

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(["undefined", "number"]);
const MAX_DEPTH = 64;

/** A tree of annotations: `[type]`, `[type, { path: tree }]` or `{ path: tree }`. */
function isKnown(tree: unknown, depth: number): boolean {
  if (typeof tree !== "object" || tree === null || depth > MAX_DEPTH) return false;
  if (!Array.isArray(tree)) return Object.values(tree).every((child) => isKnown(child, depth + 1));
  const [type, children] = tree;
  return KNOWN_TYPES.has(type) && (children === undefined || isKnown(children, depth + 1));
}
