import type { FormValues } from "./form-values";

export type FormKey = keyof FormValues;

export interface Rebase {
  /** Mine where I changed a setting, theirs everywhere else. */
  values: FormValues;
  /** What they changed since I began. */
  theirs: FormKey[];
  /** What we both changed, differently. */
  conflicts: FormKey[];
}

/** Brings unsaved work onto what another admin has saved meanwhile, setting by setting. */
export function rebase(base: FormValues, mine: FormValues, current: FormValues): Rebase {
  const keys = Object.keys(base) as FormKey[];
  const isMine = (key: FormKey) => !isSame(base[key], mine[key]);
  const theirs = keys.filter((key) => !isSame(base[key], current[key]) && !isSame(mine[key], current[key]));
  const kept = Object.fromEntries(keys.filter(isMine).map((key) => [key, mine[key]]));
  return { values: { ...current, ...kept }, theirs, conflicts: theirs.filter(isMine) };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
