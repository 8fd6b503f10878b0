import type pg from "pg";
import type { Pool } from "pg";

/**
 * Counts what connections of the pool are asked during a call, which is every statement of the module. Left out is what
 * begins and ends a transaction, and what a node asks at its own times: for changed configurations, whether it hears, and
 * whether a pooler is in between.
 */
export async function countStatements(pool: Pool, run: () => Promise<unknown>): Promise<number> {
  const taken = new Set<unknown>();
  const take = (client: pg.PoolClient) => taken.add(client);
  const idle = await pool.connect();
  const prototype = Object.getPrototypeOf(idle) as pg.Client;
  idle.release();
  const query = prototype.query;
  let count = 0;
  pool.on("acquire", take);
  prototype.query = function (this: pg.Client, ...args: Parameters<typeof query>) {
    if (taken.has(this) && !UNCOUNTED.test(textOf(args[0]))) count++;
    return Reflect.apply(query, this, args);
  } as typeof query;
  try {
    await run();
  } finally {
    prototype.query = query;
    pool.off("acquire", take);
  }
  return count;
}

const UNCOUNTED =
  /^(BEGIN|COMMIT|ROLLBACK|SELECT ("(slug|value)".* FROM "(Feature|ConfigEpoch)"|pg_notify|pg_backend_pid))/;

function textOf(statement: unknown): string {
  if (typeof statement === "object" && statement !== null && "text" in statement)
    return String(statement.text);
  return String(statement);
}
