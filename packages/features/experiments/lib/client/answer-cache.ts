import { readOwnJson } from "@calcom/lib/json";
import type { ExperimentAnswer } from "../../types/answers";
import type { ExperimentStore } from "./experiment-store";

const STORAGE_KEY = "cal_experiments";

interface Cache {
  subject: string;
  stamp: string;
  answers: Record<string, ExperimentAnswer>;
}

/** A stored answer of this very subject, from the same state of all configurations: so a hit never flips. */
export function readCache({ subject, stamp }: ExperimentStore, key: string): ExperimentAnswer | undefined {
  const cache = subject !== null && stamp !== null ? load() : undefined;
  return cache?.subject === subject && cache.stamp === stamp && Object.hasOwn(cache.answers, key)
    ? cache.answers[key]
    : undefined;
}

/** Keeps what rests on a stored row. Exclusions hang on live facts, and winners on nothing that a cache would save. */
export function writeCache({ subject, stamp }: ExperimentStore, key: string, answer: ExperimentAnswer): void {
  const isCounted = answer.reason === "sticky" || answer.reason === "allocated";
  if (subject === null || stamp === null || !isCounted) return;
  const cache = load();
  const isCurrent = cache?.subject === subject && cache.stamp === stamp;
  const answers = { ...(isCurrent ? cache.answers : {}), [key]: { ...answer, isNewAssignment: false } };
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify({ subject, stamp, answers } satisfies Cache));
  } catch {
    // Forbidden or full: the next page asks again.
  }
}

export function clearCache(): void {
  localStorage.removeItem(STORAGE_KEY);
}

function load(): Cache | undefined {
  try {
    const stored: unknown = readOwnJson(localStorage.getItem(STORAGE_KEY) ?? "null");
    return isCache(stored) ? stored : undefined;
  } catch {
    return undefined;
  }
}

// Extensions and people edit storage: whatever does not look like ours is as good as nothing.
function isCache(value: unknown): value is Cache {
  if (!isObject(value) || !isObject(value.answers)) return false;
  return (
    typeof value.subject === "string" &&
    typeof value.stamp === "string" &&
    Object.values(value.answers).every((answer) => isObject(answer) && typeof answer.variant === "string")
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
