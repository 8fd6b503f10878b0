import { queryRows, type SqlRunner } from "./runner";

/**
 * Has whoever else takes a turn at the same wait for the end of the transaction, so that what is counted before a row is
 * added is still true when it is.
 */
export async function takeTurn(transaction: SqlRunner, at: string): Promise<void> {
  await queryRows(transaction, `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [
    `experiments ${at}`,
  ]);
}
