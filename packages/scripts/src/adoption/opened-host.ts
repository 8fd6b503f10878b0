import { type Pooler, startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import pg from "pg";
import { environmentOf } from "./environment";
import type { Host } from "./host";

/** An application's folder and database, for somebody who works at it. */
export interface OpenedHost {
  host: Host;
  dir: string;
  env: NodeJS.ProcessEnv;
  /** The database itself, whatever the application has before it. */
  pool: pg.Pool;
  pooler: Pooler | null;
}

/** Hands it over, and ends afterwards what was opened for it. */
export async function inHost<Result>(
  { host, dir, url }: { host: Host; dir: string; url: string },
  use: (opened: OpenedHost) => Promise<Result>,
): Promise<Result> {
  const pooler = host.isPooled === true ? await startPgbouncer(url) : null;
  const pool = new pg.Pool({ connectionString: url, allowExitOnIdle: true });
  pool.on("error", () => {});
  try {
    return await use({ host, dir, env: environmentOf(url, pooler?.url), pool, pooler });
  } finally {
    await pool.end();
    await pooler?.stop();
  }
}
