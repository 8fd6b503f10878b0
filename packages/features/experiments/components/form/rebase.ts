export interface Rebase<Values> {
  /** Mine where I changed a setting, theirs everywhere else. */
  values: Values;
  /** What they changed since I began. */
  theirs: (keyof Values)[];
  /** What we both changed, differently. */
  conflicts: (keyof Values)[];
}

/** Brings unsaved work onto what somebody else has saved meanwhile, setting by setting. */
export function rebase<Values extends object>(base: Values, mine: Values, current: Values): Rebase<Values> {
  const keys = Object.keys(base) as (keyof Values)[];
  const isMine = (key: keyof Values) => !isSame(base[key], mine[key]);
  const theirs = keys.filter((key) => !isSame(base[key], current[key]) && !isSame(mine[key], current[key]));
  const kept = Object.fromEntries(keys.filter(isMine).map((key) => [key, mine[key]]));
  return { values: { ...current, ...kept }, theirs, conflicts: theirs.filter(isMine) };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
