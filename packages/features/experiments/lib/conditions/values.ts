import { isRecord } from "@calcom/lib/json";
import { type ConditionOperand, isScalar, type TypeName } from "./condition";

/** Null if it is nothing that JSON knows. */
export function typeNameOf(value: unknown): TypeName | null {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" || type === "object" ? type : null;
}

/** Whether two JSON values are equal. Types are never converted, and the order of keys does not count. */
export function isSame(value: unknown, literal: ConditionOperand): boolean {
  if (value === literal) return true;
  if (typeof value !== "object" || value === null || typeof literal !== "object" || literal === null)
    return false;
  if (Array.isArray(value) || Array.isArray(literal))
    return (
      Array.isArray(value) &&
      Array.isArray(literal) &&
      value.length === literal.length &&
      literal.every((item, index) => isSame(value[index], item))
    );
  const keys = Object.keys(literal);
  return (
    Object.keys(value).length === keys.length &&
    keys.every((key) => Object.hasOwn(value, key) && isSame(Reflect.get(value, key), literal[key] ?? null))
  );
}

/** Reads a dotted path through objects, by their own properties alone; null for whatever is missing. */
export function readerOf(path: string): (attributes: unknown) => unknown {
  const [first = "", ...rest] = path.split(".");
  if (rest.length === 0) return (attributes) => ownValue(attributes, first);
  return (attributes) => {
    let value = ownValue(attributes, first);
    for (const key of rest) {
      if (value === null) return null;
      value = ownValue(value, key);
    }
    return value;
  };
}

/** The same for a path of one key, which is faster. */
export function ownValue(holder: unknown, key: string): unknown {
  if (typeof holder !== "object" || holder === null || Array.isArray(holder)) return null;
  return Object.hasOwn(holder, key) ? ((holder as Record<string, unknown>)[key] ?? null) : null;
}

const MAX_FROZEN_DEPTH = 16;

/** Makes a copy that can be stored: whatever JSON cannot hold, or is nested too deeply, becomes null. */
export function toJson(value: unknown, depth = 0): ConditionOperand {
  if (isScalar(value)) return value;
  if (depth === MAX_FROZEN_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => toJson(item, depth + 1));
  if (!isRecord(value)) return null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner, depth + 1)]));
}
