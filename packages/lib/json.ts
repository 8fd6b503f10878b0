import { z } from "zod";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

const MAX_CHARS = 8_000;
const MAX_DEPTH = 20;

/** PostgreSQL stores neither NUL nor half a surrogate pair; refuse them here, before the database fails. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

export const NOT_STORABLE = "It holds a character that cannot be stored: type it again.";

/** JSON that can safely be stored, sent and merged. Each refusal says what to do. */
export const payloadSchema: z.ZodType<Json> = z.custom<Json>().superRefine((payload, context) => {
  const message = problemOf(payload, 0) ?? (isTooLong(payload) ? "Keep the payload under 8 kB." : null);
  if (message !== null) context.addIssue({ code: "custom", message });
});

/** Looks no deeper than allowed, whatever the value is. */
function problemOf(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) return `Nest the payload at most ${MAX_DEPTH} levels deep.`;
  if (value === null || typeof value === "boolean" || Number.isFinite(value)) return null;
  if (typeof value === "string") return isStorable(value) ? null : NOT_STORABLE;
  if (!Array.isArray(value) && !isRecord(value))
    return "A payload is JSON: text, numbers, lists and objects.";
  for (const [key, part] of Object.entries(value)) {
    // Merged carelessly, this key would change what every object inherits.
    if (key === "__proto__") return "Rename the key __proto__: a payload cannot hold it.";
    const problem = isStorable(key) ? problemOf(part, depth + 1) : NOT_STORABLE;
    if (problem !== null) return problem;
  }
  return null;
}

function isTooLong(payload: unknown): boolean {
  return JSON.stringify(payload).length > MAX_CHARS;
}

/** Whether it is an object as JSON knows them: no array, no instance of a class. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm has another Object.prototype, and is accepted too.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
