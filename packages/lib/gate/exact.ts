/**
 * Whether JavaScript holds this very number: above 2^53 it holds every second one, so that a number which was read as
 * one of those may have been another.
 */
export function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

export const NOT_EXACT = "{{number}} can’t be stored exactly. Write it in quotes, as text.";
