import { z } from "zod";
import { asIssue } from "../issue";
import { isRecord, type Json } from "../json";
import { type Sentence, sentence } from "../sentence";
import { isExact, NOT_EXACT } from "./exact";
import { UnreadableJson } from "./json-text";
import { isRefusedName, refusedName } from "./names";
import { isStorable, NOT_STORABLE } from "./text";

const MAX_CHARS = 8_000;
const MAX_DEPTH = 20;

export interface DocumentProblem {
  /** The keys that lead to it, from the outside in. */
  path: (string | number)[];
  sentence: Sentence;
}

/** JSON that can be stored, sent, merged and read back as it was. Each refusal says where, and what to do. */
export const documentSchema: z.ZodType<Json> = z.custom<Json>().superRefine((value, context) => {
  const problem = findDocumentProblem(value);
  if (problem !== null)
    context.addIssue({ code: "custom", path: problem.path, ...asIssue(problem.sentence) });
});

/** Null if nothing is wrong. Takes bounded time whatever the value is: one that holds itself, or one part many times. */
export function findDocumentProblem(value: unknown): DocumentProblem | null {
  const budget = { nodes: MAX_CHARS };
  const problem = findProblem(value, [], budget);
  if (problem !== null) return problem;
  return JSON.stringify(value).length > MAX_CHARS ? { path: [], sentence: TOO_LONG } : null;
}

const TOO_LONG = sentence("Keep the payload under 8 kB.");
const NO_JSON = sentence("Enter the payload as JSON: text, a number, a list or an object.");

function findProblem(
  value: unknown,
  path: (string | number)[],
  budget: { nodes: number },
): DocumentProblem | null {
  const at = (sentence: Sentence): DocumentProblem => ({ path, sentence });
  // Each value takes a character at least.
  if (--budget.nodes < 0) return at(TOO_LONG);
  if (path.length > MAX_DEPTH)
    return at(sentence("Nest the payload at most {{depth}} levels deep.", { depth: MAX_DEPTH }));
  if (value === null || typeof value === "boolean") return null;
  if (typeof value === "string") return isStorable(value) ? null : at(sentence(NOT_STORABLE));
  if (typeof value === "number" && Number.isFinite(value))
    return isExact(value) ? null : at(sentence(NOT_EXACT, { number: value }));
  if (value instanceof UnreadableJson) return at(value.why);
  if (Array.isArray(value)) return firstOf(value.entries(), path, budget);
  return isRecord(value) ? firstOf(Object.entries(value), path, budget) : at(NO_JSON);
}

function firstOf(
  entries: Iterable<[string | number, unknown]>,
  path: (string | number)[],
  budget: { nodes: number },
): DocumentProblem | null {
  for (const [key, part] of entries) {
    if (typeof key === "string" && !isStorable(key)) return { path, sentence: sentence(NOT_STORABLE) };
    if (typeof key === "string" && isRefusedName(key)) return { path, sentence: refusedName(key) };
    const problem = findProblem(part, [...path, key], budget);
    if (problem !== null) return problem;
  }
  return null;
}
