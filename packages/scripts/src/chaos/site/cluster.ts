import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { startEmbeddedPostgres } from "@calcom/embedded-postgres";
import type pg from "pg";

/** A PostgreSQL server that may be broken: nobody else's. It writes as one that keeps what it has answered. */
export interface Cluster {
  /** The superuser's way to a database. */
  url(database: string): string;
  /** kill -9. */
  kill(): void;
  /** Starts it again, after a kill on another port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startCluster(): Promise<Cluster> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-chaos-"));
  fs.chmodSync(home, 0o755); // Postgres may run as another user, who must get through
  const options = { dir: path.join(home, "postgres"), isDurable: true };
  let postgres = await startEmbeddedPostgres(options);
  return {
    url: (database) => postgres.url(database),
    kill: () => void process.kill(postgres.pid, "SIGKILL"),
    async restart() {
      postgres = await startEmbeddedPostgres(options);
    },
    async stop() {
      await postgres.stop();
      fs.rmSync(home, { recursive: true, force: true });
    },
  };
}

/** What a fault needs of a superuser. */
export type Superuser = Pick<pg.Client, "query">;
