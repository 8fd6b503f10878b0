/** Thrown where what is counted now cannot be told from what was counted before. */
export const UNKNOWN = new Error("What is counted now cannot be told from what was counted before.");

export type Three<T> = [before: T, then: T, now: T];

/** Adds numbers of rows with the same key, and takes away those of then. */
export function foldRows<Row extends object>(
  keys: (keyof Row)[],
  numbers: (keyof Row)[],
  parts: Three<Row[]>,
): Row[] {
  const rows = new Map<string, Row>();
  parts.forEach((part, index) => {
    const sign = index === 1 ? -1 : 1;
    for (const row of part) {
      const key = JSON.stringify(keys.map((name) => row[name]));
      const sum = { ...(rows.get(key) ?? row) };
      for (const name of numbers)
        sum[name] = (Number(rows.get(key)?.[name] ?? 0) + sign * Number(row[name])) as Row[keyof Row];
      rows.set(key, sum);
    }
  });
  return [...rows.values()];
}
