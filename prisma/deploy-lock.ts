import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { MigrationError } from "./migration-files";

/** A connection for as long as `run` takes. */
export async function withClient<Result>(
  connectionString: string,
  run: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString, application_name: "calcom-deploy" });
  // A lost connection fails the statement that waits for it; without a listener it would end the process first.
  client.on("error", () => {});
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end();
  }
}

/**
 * Runs `work` under Prisma's own lock. It is held by a transaction of a connection of its own: a lock of the session
 * would stay with the pooler's connection where there is a pooler, and stop the next deployment. `work` is given what says
 * that the lock is still held, to be asked before each step that is not to be done twice.
 *
 * @throws MigrationError `locked`, `lock_lost`
 */
export function withLock<Result>(
  { connectionString, lockTimeoutMs = 5 * 60_000 }: { connectionString: string; lockTimeoutMs?: number },
  work: (holdsLock: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  return withClient(connectionString, async (holder) => {
    const until = performance.now() + lockTimeoutMs;
    while (!(await takeLock(holder))) {
      if (performance.now() >= until)
        throw new MigrationError(
          "locked",
          `Another process has been migrating this database for more than ${Math.round(lockTimeoutMs / 1000)} s: wait for it or end it, then start again.`,
        );
      await sleep(RETRY_MS);
    }
    const result = await work(() => checkHeld(holder));
    // Where it is lost by now, nothing is left to be done twice.
    await holder.query("COMMIT").catch(() => {});
    return result;
  });
}

const RETRY_MS = 100;

/** A connection that was cut off, with its lock, says so only when it is asked. */
async function checkHeld(holder: pg.Client): Promise<void> {
  try {
    await holder.query("SELECT");
  } catch (cause) {
    throw new MigrationError(
      "lock_lost",
      "The connection that held the lock was lost, so that another process may be migrating this database. What is applied is recorded: run the command again.",
      { cause },
    );
  }
}

/**
 * Begins a transaction with the lock; without it none is left open. One that waited would hold a snapshot, and a CREATE
 * INDEX CONCURRENTLY of whoever has the lock waits until that is gone: each would wait for the other.
 */
async function takeLock(holder: pg.Client): Promise<boolean> {
  await holder.query("BEGIN");
  // It waits for us for as long as the migrations take.
  await holder.query("SET LOCAL idle_in_transaction_session_timeout = 0");
  const { rows } = await holder.query<{ isTaken: boolean }>(
    `SELECT pg_try_advisory_xact_lock(72707369) AS "isTaken"`,
  );
  if (rows[0]?.isTaken === true) return true;
  await holder.query("ROLLBACK");
  return false;
}
