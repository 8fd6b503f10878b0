import type { Pool } from "pg";

/**
 * Counts what the pool is asked during a call, which is every statement of the module. What the cache of configurations
 * reads at its own times is left out.
 */
export async function countStatements(pool: Pool, run: () => Promise<unknown>): Promise<number> {
  const query = pool.query;
  let count = 0;
  pool.query = ((...args: Parameters<typeof query>) => {
    if (!OF_THE_CACHE.test(textOf(args[0]))) count++;
    return Reflect.apply(query, pool, args);
  }) as typeof query;
  try {
    await run();
  } finally {
    pool.query = query;
  }
  return count;
}

const OF_THE_CACHE = /^SELECT "(slug|value)".* FROM "(Feature|ConfigEpoch)"/;

function textOf(statement: unknown): string {
  if (typeof statement === "object" && statement !== null && "text" in statement)
    return String(statement.text);
  return String(statement);
}
