import { readOwnJson } from "@calcom/lib/json";
import type { ExperimentAnswer } from "../../types/answers";
import type { ExperimentStore } from "./experiment-store";

const STORAGE_KEY = "cal_experiments";

interface Cache {
  subject: string;
  stamp: string;
  answers: Record<string, ExperimentAnswer>;
}

/** A stored answer of this subject, read only while all configurations are unchanged: a hit never flips. */
export function readCache({ subject, stamp }: ExperimentStore, key: string): ExperimentAnswer | undefined {
  const cache = subject !== null && stamp !== null ? load() : undefined;
  return cache?.subject === subject && cache.stamp === stamp && Object.hasOwn(cache.answers, key)
    ? cache.answers[key]
    : undefined;
}

/** Keeps answers that have a stored row. Exclusions depend on live facts; winners are in the server's memory anyway. */
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

// Extensions and people edit storage: ignore entries that do not have our shape.
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
