import { isTooSlow } from "@calcom/lib/sql";
import type pg from "pg";
import { tookTooLong } from "../types/errors";
import { execute, inTransaction, type Pool, queryRows, type SqlRunner } from "./runner";

/** For counting what grows with an experiment while a person waits for it. */
export const LONG_READ_MS = 15_000;
/** For writing or destroying all that an experiment has gathered. */
export const LONG_WRITE_MS = 600_000;

/** Postgres gives up first: its answer is read, and the connection can be used again. */
const GRACE_MS = 1_000;

/**
 * Runs a statement of a transaction whose cost grows with an experiment, and returns its rows. Postgres keeps to the
 * limit as well, so that a caller who no longer waits leaves no work behind.
 *
 * @throws ExperimentError `unavailable` if it takes longer
 */
export function queryRowsLong<Row extends pg.QueryResultRow>(
  transaction: SqlRunner,
  text: string,
  values: unknown[],
  limitMs: number,
): Promise<Row[]> {
  return within(transaction, limitMs, (timeoutMs) => queryRows<Row>(transaction, text, values, timeoutMs));
}

/** The same, and returns how many rows it wrote. */
export function executeLong(
  transaction: SqlRunner,
  text: string,
  values: unknown[],
  limitMs: number,
): Promise<number> {
  return within(transaction, limitMs, (timeoutMs) => execute(transaction, text, values, timeoutMs));
}

/** Reads by one such statement, in a transaction of its own. */
export function readLong<Row extends pg.QueryResultRow>(
  pool: Pool,
  text: string,
  values: unknown[] = [],
  limitMs = LONG_READ_MS,
  begin = "BEGIN READ ONLY",
): Promise<Row[]> {
  return inTransaction(pool, (transaction) => queryRowsLong<Row>(transaction, text, values, limitMs), begin);
}

/**
 * Reads what ends after a few rows of an index, however many follow. A bitmap takes all of them first, and with old
 * statistics the planner believes that there are not many.
 */
export function readFirst<Row extends pg.QueryResultRow>(
  pool: Pool,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const begin = "BEGIN READ ONLY; SET LOCAL enable_bitmapscan = off";
  return readLong(pool, text, values, LONG_READ_MS, begin);
}

async function within<Result>(
  transaction: SqlRunner,
  limitMs: number,
  run: (timeoutMs: number) => Promise<Result>,
): Promise<Result> {
  await queryRows(transaction, "SELECT set_config('statement_timeout', $1, true)", [String(limitMs)]);
  try {
    return await run(limitMs + GRACE_MS);
  } catch (cause) {
    throw isTooSlow(cause) ? tookTooLong(cause) : cause;
  }
}
