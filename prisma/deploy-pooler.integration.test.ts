import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { hasPgbouncer, startPgbouncer } from "@calcom/embedded-postgres/pgbouncer";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import pg from "pg";
import { expect, test } from "vitest";
import { deployMigrations } from "./deploy";

const { connectionString } = await testDatabase({ isEmpty: true });

async function locks(): Promise<unknown[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT pid, mode FROM pg_locks WHERE locktype = 'advisory'
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

test.runIf(hasPgbouncer)(
  "behind pgbouncer in transaction mode three deployments and a newer one leave no lock",
  { timeout: 180_000 },
  async () => {
    const pooler = await startPgbouncer(connectionString);
    const newer = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-newer-"));
    try {
      const migrationsDir = path.join(import.meta.dirname, "migrations");
      const deploy = (dir: string) =>
        deployMigrations({ connectionString: pooler.url, migrationsDir: dir, lockTimeoutMs: 20_000 });
      const first = await Promise.all([deploy(migrationsDir), deploy(migrationsDir)]);
      expect(first.filter(({ applied }) => applied.length > 0)).toHaveLength(1);
      expect(await locks()).toEqual([]);
      expect(await deploy(migrationsDir)).toEqual({ applied: [], unknown: [] });

      fs.cpSync(migrationsDir, newer, { recursive: true });
      const further = {
        "29990101000000_add": `ALTER TABLE "Feature" ADD "further" text;`,
        "29990102000000_index": `CREATE INDEX CONCURRENTLY "further_idx" ON "Feature" ("further");`,
      };
      for (const [name, sql] of Object.entries(further)) {
        fs.mkdirSync(path.join(newer, name));
        fs.writeFileSync(path.join(newer, name, "migration.sql"), sql);
      }
      expect((await deploy(newer)).applied).toEqual(Object.keys(further));
      expect(await locks()).toEqual([]);
      // The older version starts again beside it.
      expect((await deploy(migrationsDir)).unknown).toEqual(Object.keys(further));
    } finally {
      fs.rmSync(newer, { recursive: true, force: true });
      await pooler.stop();
    }
  },
);
