import pg from "pg";
import { Breaker, type BreakerOptions } from "./breaker";
import { logger } from "./logger";
import { count } from "./telemetry";
import { watchedBy } from "./watched-client";

export interface WatchedPoolOptions extends Pick<pg.PoolConfig, "types" | "options"> {
  connectionString: string;
  /** Connections held at most, besides the one that asks whether the database is there. */
  max: number;
  /** As the server lists its connections. */
  applicationName: string;
  /** How long a caller waits for a free connection before it gets an error, 5 seconds by default. */
  connectionTimeoutMs?: number | undefined;
  /** How long one statement may run, seen from here: also when the server no longer answers at all. */
  queryTimeoutMs?: number | undefined;
  /** Told once that the database has fallen silent, and once that it answers again; by default the log is. */
  onSilence?: BreakerOptions["onChange"] | undefined;
}

/** How long a caller waits for a free connection, where nothing else is said. */
export const CONNECTION_TIMEOUT_MS = 5_000;

export interface WatchedPool {
  pool: pg.Pool;
  close(): Promise<void>;
}

/** Connections that nobody waits for while the database is silent: what is asked then fails at once. */
export function openWatchedPool(options: WatchedPoolOptions): WatchedPool {
  const { connectionString, applicationName, connectionTimeoutMs, queryTimeoutMs, onSilence, ...given } =
    options;
  const breaker = new Breaker({
    connectionString,
    applicationName: `${applicationName}-probe`,
    onChange: onSilence ?? logSilence(),
  });
  const pool = new pg.Pool({
    ...given,
    Client: watchedBy(breaker),
    connectionString,
    connectionTimeoutMillis: connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS,
    query_timeout: queryTimeoutMs ?? 15_000,
    application_name: applicationName,
    // A job ends when its work has; a server is kept alive by its socket.
    allowExitOnIdle: true,
  });
  // An idle connection that breaks (the server restarted) is replaced by the pool: without a listener
  // the event would end the process.
  pool.on("error", () => {});
  return {
    pool,
    async close() {
      if (!pool.ended) await pool.end();
      breaker.close();
    },
  };
}

/**
 * Tells the log once that the database has fallen silent, and once that it answers again.
 *
 * @param which of several, such as "replica"
 */
export function logSilence(which?: string): NonNullable<BreakerOptions["onChange"]> {
  const facts = which === undefined ? {} : { database: which };
  return ({ isSilent, forMs }) => {
    if (isSilent) count("database.silences", facts);
    if (isSilent) logger.error("The database does not answer: nothing waits for it until it does.", facts);
    else logger.info("The database answers again.", { ...facts, silentForMs: Math.round(forMs) });
  };
}
