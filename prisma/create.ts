import { timesAsDates } from "@calcom/lib/read-times";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { Breaker, type BreakerOptions } from "./breaker";
import { PrismaClient } from "./generated/client";
import { watchedBy } from "./watched-client";

export interface Database {
  prisma: PrismaClient;
  /** The same connections without the ORM, for statements on the hot path. */
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  connectionString: string;
  /** Connections held at most. */
  max?: number;
  /** How long a caller waits for a free connection before it gets an error. */
  connectionTimeoutMs?: number;
  /** How long one statement may run, seen from here: also when the server no longer answers at all. */
  queryTimeoutMs?: number;
  /** Told once that the database has fallen silent, and once that it answers again. */
  onSilence?: BreakerOptions["onChange"];
}

/** One pool serves Prisma and plain SQL alike, so that limits hold for both together. */
export function createDatabase(options: DatabaseOptions): Database {
  const breaker = new Breaker({ connectionString: options.connectionString, onChange: options.onSilence });
  const pool = new pg.Pool({
    Client: watchedBy(breaker),
    connectionString: options.connectionString,
    max: options.max ?? 20,
    connectionTimeoutMillis: options.connectionTimeoutMs ?? 3_000,
    query_timeout: options.queryTimeoutMs ?? 15_000,
    application_name: "calcom",
    types: timesAsDates(pg.types),
    // A job ends when its work has; a server is kept alive by its socket.
    allowExitOnIdle: true,
  });
  // An idle connection that breaks (the server restarted) is replaced by the pool: without a listener
  // the event would end the process.
  pool.on("error", () => {});
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      if (!pool.ended) await pool.end();
      breaker.close();
    },
  };
}
