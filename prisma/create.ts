import { timesAsDates } from "@calcom/lib/read-times";
import { CONNECTION_TIMEOUT_MS, openWatchedPool, type WatchedPoolOptions } from "@calcom/lib/watched-pool";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "./generated/client";

export interface Database {
  prisma: PrismaClient;
  /** The same connections without the ORM, for statements on the hot path. */
  pool: pg.Pool;
  close(): Promise<void>;
}

export interface DatabaseOptions
  extends Pick<
    WatchedPoolOptions,
    "connectionString" | "connectionTimeoutMs" | "queryTimeoutMs" | "onSilence"
  > {
  /** Connections held at most, 20 by default. */
  max?: number;
}

/** One pool serves Prisma and plain SQL alike, so that limits hold for both together. */
export function createDatabase(options: DatabaseOptions): Database {
  const { pool, close } = openWatchedPool({
    ...options,
    max: options.max ?? 20,
    applicationName: "calcom",
    types: timesAsDates(pg.types),
  });
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool),
    // A transaction waits for a connection as long as a statement does: the pool's limit is always the first to be met,
    // and its error says that the database is away. By itself Prisma gives up after two seconds.
    transactionOptions: { maxWait: 2 * (options.connectionTimeoutMs ?? CONNECTION_TIMEOUT_MS) },
  });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await close();
    },
  };
}
