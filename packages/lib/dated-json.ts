/** A value as JSON carries it, and where its texts were dates. */
export interface Dated {
  data: unknown;
  dates: Path[];
}

type Path = (string | number)[];

/** JSON has no dates: this notes where some stand, so that whoever reads it has them again. */
export function noteDates(data: unknown): Dated {
  const dates: Path[] = [];
  collect(data, [], dates);
  return { data, dates };
}

function collect(value: unknown, path: Path, dates: Path[]): void {
  if (typeof value !== "object" || value === null) return;
  if (value instanceof Date) dates.push(path);
  else if (Array.isArray(value))
    for (const [at, item] of value.entries()) collect(item, [...path, at], dates);
  else for (const [name, part] of Object.entries(value)) collect(part, [...path, name], dates);
}

/** Makes dates of what is noted to be some. The value is changed in place: it was parsed a moment ago. */
export function reviveDates({ data, dates }: Dated): unknown {
  const whole = { data };
  for (const path of dates) reviveAt(whole, ["data", ...path]);
  return whole.data;
}

function reviveAt(whole: object, path: Path): void {
  const last = path.at(-1);
  let at: unknown = whole;
  for (const name of path.slice(0, -1)) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return;
    at = (at as Record<string | number, unknown>)[name];
  }
  if (last === undefined || typeof at !== "object" || at === null || !Object.hasOwn(at, last)) return;
  const parent = at as Record<string | number, unknown>;
  if (typeof parent[last] === "string") parent[last] = new Date(parent[last]);
}
