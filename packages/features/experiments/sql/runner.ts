import { isAppError } from "@calcom/lib/errors";
import { sqlState } from "@calcom/lib/sql";
import type pg from "pg";

export type Pool = pg.Pool;

/** Runs a statement: the pool, or the one connection of a transaction. */
export interface SqlRunner {
  query(statement: { text: string; values: unknown[]; query_timeout: number }): Promise<{ rows: unknown[] }>;
}

/** The longest that a caller waits for one statement, even if the server no longer answers. */
export const STATEMENT_TIMEOUT_MS = 2_000;

/** Runs a statement and returns its rows. `Row` is a promise of the caller: nothing checks it. */
export async function queryRows<Row>(
  runner: SqlRunner | Pool,
  text: string,
  values: unknown[] = [],
  timeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<Row[]> {
  const { rows } = await (runner as SqlRunner).query({ text, values, query_timeout: timeoutMs });
  return rows as Row[];
}

/** Runs a statement and returns how many rows it wrote. */
export async function execute(
  pool: Pool,
  text: string,
  values: unknown[],
  timeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<number> {
  const statement: pg.QueryConfig & { query_timeout: number } = { text, values, query_timeout: timeoutMs };
  const { rowCount } = await pool.query(statement);
  return rowCount ?? 0;
}

/**
 * Runs a transaction in the name of a user, which the audit triggers read; null for nobody. It is rolled back if `run`
 * throws.
 */
export async function withActor<Result>(
  pool: Pool,
  actorId: number | null,
  run: (transaction: SqlRunner) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let failure: unknown;
  try {
    await client.query("BEGIN");
    await client.query("SELECT set_config('calcom.actor_id', $1, true)", [String(actorId ?? "")]);
    const result = await run(client as unknown as SqlRunner);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    failure = error;
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    // Do not reuse a connection whose failure was none of SQL.
    client.release(failure !== undefined && sqlState(failure) === null && !isAppError(failure));
  }
}

const CODES_WORTH_A_RETRY = new Set([
  "40001", // serialization_failure
  "40P01", // deadlock_detected
]);

/** Runs a second time what lost against a concurrent statement. */
export async function retryOnce<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!CODES_WORTH_A_RETRY.has(sqlState(error) ?? "")) throw error;
    return run();
  }
}
