import { createHash } from "node:crypto";
import { outsideRequest } from "@calcom/lib/outside-request";
import { sqlState } from "@calcom/lib/sql";
import type pg from "pg";
import { execute, type Pool, queryRows, type SqlRunner, withConnection } from "./runner";

/**
 * Runs a statement that is run all the time, outside of any transaction, and returns its rows. The server keeps its plan
 * under a name, which halves what it costs. Name its columns: under a name, `SELECT *` fails once the table has another.
 *
 * @throws DatabaseUnavailable, as everything here
 */
export function queryRowsOften<Row extends pg.QueryResultRow>(
  pool: Pool,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  return runNamed(pool, text, (name) => queryRows<Row>(pool, { name, text }, values));
}

/** The same, and returns how many rows it wrote. */
export function executeOften(pool: Pool, text: string, values: unknown[]): Promise<number> {
  return runNamed(pool, text, (name) => execute(pool, { name, text }, values));
}

/** The same, with values that are made once there is a connection, for which a busy process waits. */
export function queryRowsNow<Row extends pg.QueryResultRow>(
  pool: Pool,
  text: string,
  values: (now: number) => unknown[],
): Promise<Row[]> {
  return runNamed(pool, text, (name) =>
    withConnection(pool, (connection) =>
      queryRows<Row>(connection, { name, text }, values(performance.now())),
    ),
  );
}

/** Whether the server keeps names for the connections of a pool. Until it is known, none are used. */
type Naming = "unknown" | "asking" | "kept" | "lost";

const namings = new WeakMap<Pool, Naming>();
const names = new Map<string, string>();

/** One name never stands for two texts: on another session it would silently give the rows of the other one. */
function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `calcom_${createHash("sha256").update(text).digest("base64url").slice(0, 27)}`;
    names.set(text, name);
  }
  return name;
}

/** Before any of these, nothing of the statement has run. */
const LOST_NAMES = new Set([
  "26000", // the name is unknown: a pooler has chosen another session
  "42P05", // the name is known already: the same
  "0A000", // what the name stood for gives other columns by now
]);

async function runNamed<Result>(
  pool: Pool,
  text: string,
  run: (name: string | undefined) => Promise<Result>,
): Promise<Result> {
  if (!keepsNames(pool)) return run(undefined);
  try {
    return await run(nameOf(text));
  } catch (error) {
    if (!LOST_NAMES.has(sqlState(error) ?? "")) throw error;
  }
  namings.set(pool, "lost");
  return run(undefined);
}

function keepsNames(pool: Pool): boolean {
  const naming = namings.get(pool) ?? "unknown";
  if (naming === "unknown") {
    namings.set(pool, "asking");
    // This belongs to no request, and no caller waits for it.
    void outsideRequest(() => askForPooler(pool));
  }
  return naming === "kept";
}

/** Behind a pooler that lends sessions, another process answers than the one that was connected to. */
async function askForPooler(pool: Pool): Promise<void> {
  try {
    const isDirect = await withConnection(pool, async (connection: SqlRunner & { processID?: unknown }) => {
      const [session] = await queryRows<{ pid: number }>(connection, "SELECT pg_backend_pid() AS pid");
      return session?.pid === connection.processID;
    });
    // A statement that was faster may have said so already.
    if (namings.get(pool) === "asking") namings.set(pool, isDirect ? "kept" : "lost");
  } catch {
    namings.set(pool, "unknown");
  }
}
