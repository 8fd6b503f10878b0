import type pg from "pg";
import { vi } from "vitest";
import type { Pool } from "../sql/runner";
import { LOAD_TIMEOUT_MS } from "./fill-experiment";

/** A statement as the application ran it. */
export interface WatchedStatement {
  text: string;
  /** How long the caller waits for it. */
  limitMs: number;
  /** How long Postgres works on it: 0 for ever. */
  serverLimitMs: number;
  /** The number of its transaction; null outside of one. */
  transaction: number | null;
  /** Rows of assignments and conversions that it read, wrote, or looked up for foreign keys. */
  rows: number;
}

interface Query {
  text: string;
  values?: unknown[];
  query_timeout: number;
}

/**
 * Tells which statements run on a pool, and what each costs in rows, which are the same on every machine: each is
 * explained before it runs, in a transaction or savepoint that is rolled back.
 */
export async function watchStatements(pool: Pool, run: () => Promise<unknown>): Promise<WatchedStatement[]> {
  const statements: WatchedStatement[] = [];
  const client = await pool.connect();
  const prototype = Object.getPrototypeOf(client);
  client.release();
  const query = prototype.query as (this: pg.Client, ...args: unknown[]) => Promise<pg.QueryResult>;
  const transactions = new WeakMap<pg.Client, number>();
  let begun = 0;
  const spy = vi.spyOn(prototype, "query").mockImplementation(function (this: unknown, ...args: unknown[]) {
    const connection = this as pg.Client;
    const [config, values, callback] = args;
    const text = typeof config === "string" ? config : null;
    if (text?.startsWith("BEGIN")) transactions.set(connection, ++begun);
    if (text === "COMMIT" || text === "ROLLBACK") transactions.delete(connection);
    if (!isQuery(config)) return query.apply(connection, args);
    const transaction = transactions.get(connection) ?? null;
    const result = explain((statement) => query.call(connection, statement), config, transaction !== null)
      .then((cost) =>
        statements.push({ text: config.text, limitMs: config.query_timeout, transaction, ...cost }),
      )
      .then(() => query.call(connection, config));
    const done = [values, callback].find((argument) => typeof argument === "function");
    if (done === undefined) return result;
    const answer = done as (error: unknown, result?: pg.QueryResult) => void;
    result.then((rows) => answer(null, rows), answer);
    return undefined;
  });
  try {
    await run();
  } finally {
    spy.mockRestore();
  }
  return statements;
}

function isQuery(config: unknown): config is Query {
  return (
    typeof config === "object" &&
    config !== null &&
    "text" in config &&
    "query_timeout" in config &&
    // What a fixture writes is nothing that the application does.
    config.query_timeout !== LOAD_TIMEOUT_MS
  );
}

async function explain(
  run: (statement: string | Query) => Promise<pg.QueryResult>,
  { text, values = [] }: Query,
  isWithin: boolean,
): Promise<Pick<WatchedStatement, "rows" | "serverLimitMs">> {
  const { rows: settings } = await run("SHOW statement_timeout");
  const serverLimitMs = toMs(settings[0].statement_timeout);
  if (!/^\s*(WITH|SELECT|INSERT|UPDATE|DELETE)\b/.test(text) || text.includes("set_config"))
    return { rows: 0, serverLimitMs };
  await run(isWithin ? "SAVEPOINT watched" : "BEGIN");
  try {
    const explained = `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`;
    const { rows } = await run({ text: explained, values, query_timeout: 600_000 });
    return { rows: countRows(rows[0]["QUERY PLAN"][0]), serverLimitMs };
  } catch {
    // What fails here fails when it is run, and is told then.
    return { rows: 0, serverLimitMs };
  } finally {
    await run(isWithin ? "ROLLBACK TO SAVEPOINT watched" : "ROLLBACK");
  }
}

interface PlanNode {
  "Relation Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
}

function countRows({ Plan, Triggers }: { Plan: PlanNode; Triggers: { Calls: number }[] }): number {
  return countInPlan(Plan) + Triggers.reduce((sum, { Calls }) => sum + Calls, 0);
}

function countInPlan(node: PlanNode): number {
  const { "Actual Rows": found = 0, "Rows Removed by Filter": removed = 0, "Actual Loops": loops = 1 } = node;
  const own = COUNTED.has(node["Relation Name"] ?? "") ? (found + removed) * loops : 0;
  return (node.Plans ?? []).reduce((sum, inner) => sum + countInPlan(inner), own);
}

const COUNTED = new Set(["ExperimentVariant", "ExperimentConversion", "UserFeatures", "TeamFeatures"]);

function toMs(setting: string): number {
  const [, number = "0", unit = "ms"] = /^(\d+)(\w*)$/.exec(setting) ?? [];
  return Number(number) * ({ ms: 1, s: 1_000, min: 60_000, h: 3_600_000 }[unit] ?? 1);
}
