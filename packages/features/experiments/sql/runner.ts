import { isAppError } from "@calcom/lib/errors";
import { timesAsDates } from "@calcom/lib/read-times";
import { sqlState } from "@calcom/lib/sql";
import pg from "pg";
import type { HostId } from "../types/host-id";
import { askDatabase, DatabaseUnavailable } from "./database-unavailable";

export type Pool = pg.Pool;

/** Runs statements: the pool, or the one connection of a transaction. */
export type SqlRunner = Pick<pg.ClientBase, "query">;

/** The driver takes a limit with each statement; its types do not know of it. */
type LimitedQuery = pg.QueryConfig<unknown[]> & { query_timeout: number };

/** A text, or one that the session keeps under a name. */
export type Statement = string | { name: string | undefined; text: string };

/** With each statement, because the pool may be the host's. */
const TYPES = timesAsDates(pg.types);

/** The longest that a caller waits for one statement, even if the server no longer answers. */
export const STATEMENT_TIMEOUT_MS = 2_000;

/**
 * Runs a statement and returns its rows. `Row` is a promise of the caller: nothing checks it.
 *
 * @throws DatabaseUnavailable, as everything here
 */
export async function queryRows<Row extends pg.QueryResultRow>(
  runner: SqlRunner,
  statement: Statement,
  values: unknown[] = [],
  timeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<Row[]> {
  const query = limit(statement, values, timeoutMs);
  const { rows } = await askDatabase(() => runner.query<Row>(query));
  return rows;
}

/** Runs a statement and returns how many rows it wrote. */
export async function execute(
  runner: SqlRunner,
  statement: Statement,
  values: unknown[],
  timeoutMs = STATEMENT_TIMEOUT_MS,
): Promise<number> {
  const query = limit(statement, values, timeoutMs);
  const { rowCount } = await askDatabase(() => runner.query(query));
  return rowCount ?? 0;
}

function limit(statement: Statement, values: unknown[], timeoutMs: number): LimitedQuery {
  const { name, text } = typeof statement === "string" ? { name: undefined, text: statement } : statement;
  return name === undefined
    ? { text, values, types: TYPES, query_timeout: timeoutMs }
    : { name, text, values, types: TYPES, query_timeout: timeoutMs };
}

/** Runs statements on one connection, which no other caller uses meanwhile. */
export function withConnection<Result>(
  pool: Pool,
  run: (connection: SqlRunner) => Promise<Result>,
): Promise<Result> {
  return askDatabase(async () => {
    const connection = await pool.connect();
    // The server may end it between two statements. The next one fails of that; unheard, the event ends the process.
    connection.on("error", ignore);
    let isBroken = false;
    try {
      return await run(connection);
    } catch (error) {
      isBroken = breaksConnection(error);
      throw error;
    } finally {
      connection.off("error", ignore);
      connection.release(isBroken);
    }
  });
}

/** Runs a transaction. It is rolled back if `run` throws. `begin` may set it up. */
export function inTransaction<Result>(
  pool: Pool,
  run: (transaction: SqlRunner) => Promise<Result>,
  begin = "BEGIN",
): Promise<Result> {
  return withConnection(pool, async (connection) => {
    try {
      await connection.query(begin);
      const result = await run(connection);
      await connection.query("COMMIT");
      return result;
    } catch (error) {
      // A connection that is broken is closed, and with it ends the transaction.
      if (!breaksConnection(error)) await connection.query("ROLLBACK").catch(() => {});
      throw error;
    }
  });
}

/** Runs a transaction in the name of a user, which the audit triggers read; null for nobody. */
export function withActor<Result>(
  pool: Pool,
  actorId: HostId | null,
  run: (transaction: SqlRunner) => Promise<Result>,
): Promise<Result> {
  return inTransaction(pool, async (transaction) => {
    await transaction.query("SELECT set_config('calcom.actor_id', $1, true)", [String(actorId ?? "")]);
    return run(transaction);
  });
}

function ignore(): void {}

/** Whether the connection must not be used again: SQL did not cause its failure, so its state is unknown. */
function breaksConnection(failure: unknown): boolean {
  if (failure instanceof DatabaseUnavailable) return true;
  return sqlState(failure) === null && !isAppError(failure);
}

const CODES_WORTH_A_RETRY = new Set([
  "40001", // serialization_failure
  "40P01", // deadlock_detected
]);

/** Runs a second time what lost against a concurrent statement. What loses twice is tried again by the caller. */
export async function retryOnce<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!hasLost(error)) throw error;
  }
  try {
    return await run();
  } catch (error) {
    throw hasLost(error) ? new DatabaseUnavailable(error) : error;
  }
}

function hasLost(error: unknown): boolean {
  return CODES_WORTH_A_RETRY.has(sqlState(error) ?? "");
}
