import type { Json } from "@calcom/lib/json";
import type { Difference } from "../types/activity";

/** What differs between two JSON values, leaf by leaf, in the order of their keys; lists are compared by position. */
export function listDifferences(before: Json | undefined, after: Json | undefined, path = ""): Difference[] {
  if (isBranch(before) && isBranch(after) && Array.isArray(before) === Array.isArray(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) =>
      listDifferences(readChild(before, key), readChild(after, key), path === "" ? key : `${path}.${key}`),
    );
  }
  return JSON.stringify(before) === JSON.stringify(after) ? [] : [{ path, before, after }];
}

type Branch = Json[] | { [key: string]: Json };

function isBranch(value: Json | undefined): value is Branch {
  return typeof value === "object" && value !== null;
}

function readChild(branch: Branch, key: string): Json | undefined {
  return Object.hasOwn(branch, key) ? (branch as Record<string, Json>)[key] : undefined;
}
