import type { Json } from "@calcom/lib/json";
import type { Difference } from "../types/activity";

/** Twice as deep as any document that is accepted. Deeper ones were written by hand, and would exhaust the stack. */
const MAX_DEPTH = 40;
const TOO_DEEP = "…";

/**
 * What differs between two JSON values, leaf by leaf, in the order of their keys; lists are compared by position.
 *
 * @param isWhole whether what stands at a path is told as a whole, since its parts say nothing alone
 */
export function listDifferences(
  before: Json | undefined,
  after: Json | undefined,
  isWhole: (path: string) => boolean = () => false,
): Difference[] {
  return differ(cut(before), cut(after), "", isWhole);
}

function differ(
  before: Json | undefined,
  after: Json | undefined,
  path: string,
  isWhole: (path: string) => boolean,
): Difference[] {
  if (areComparable(before, after) && !isWhole(path)) {
    const keys = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
    return [...keys].flatMap((key) =>
      differ(readChild(before, key), readChild(after, key), path === "" ? key : `${path}.${key}`, isWhole),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

type Branch = Json[] | { [key: string]: Json };

function isBranch(value: Json | undefined): value is Branch {
  return typeof value === "object" && value !== null;
}

/** Whether they are told by their parts: two of a kind, or what is new or gone and has parts. */
function areComparable(before: Json | undefined, after: Json | undefined): boolean {
  const [one, other] = [before, after].filter((value) => value !== undefined);
  if (!isBranch(one)) return false;
  if (other === undefined) return Object.keys(one).length > 0;
  return isBranch(other) && Array.isArray(one) === Array.isArray(other);
}

function readChild(branch: Json | undefined, key: string): Json | undefined {
  return isBranch(branch) && Object.hasOwn(branch, key) ? (branch as Record<string, Json>)[key] : undefined;
}

/** The value itself, or a copy of it that ends where it becomes too deep. */
function cut(value: Json | undefined): Json | undefined {
  return isDeeper(value, 0) ? copyTo(value, 0) : value;
}

function isDeeper(value: Json | undefined, depth: number): boolean {
  if (!isBranch(value)) return false;
  return depth === MAX_DEPTH || Object.values(value).some((part) => isDeeper(part, depth + 1));
}

function copyTo(value: Json | undefined, depth: number): Json {
  if (!isBranch(value)) return value ?? null;
  if (depth === MAX_DEPTH) return TOO_DEEP;
  if (Array.isArray(value)) return value.map((part) => copyTo(part, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copyTo(part, depth + 1)]));
}
