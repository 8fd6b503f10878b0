import { randomUUID } from "node:crypto";
import type pg from "pg";
import { withClient, withLock } from "./deploy-lock";
import { checksumsOf, type Migration, MigrationError, readMigrations, sha256 } from "./migration-files";

export { MigrationError, type MigrationErrorCode } from "./migration-files";

export interface DeployOptions {
  /** Best a direct connection: through a pooler, statements that run in no transaction may be cut off. */
  connectionString: string;
  /** Prisma's migrations folder: one folder for each, with a `migration.sql`. */
  migrationsDir: string;
  /** How long to wait while another process migrates the same database. */
  lockTimeoutMs?: number;
}

export interface Deployment {
  /** Names of the migrations that were applied now. */
  applied: string[];
  /** Recorded in the database and unknown here: it is ahead of this code. */
  unknown: string[];
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Brings a database up to date without Prisma's engine, under the lock and with the records of `prisma migrate deploy`,
 * so that either may follow the other. Each migration is applied whole or not at all, unless it holds statements that
 * cannot run in a transaction. Safe to call from several processes at once; where nothing is pending, nothing is locked.
 *
 * @throws MigrationError where a migration fails, has failed, or was edited after it had been applied
 */
export async function deployMigrations(options: DeployOptions): Promise<Deployment> {
  const migrations = readMigrations(options.migrationsDir);
  return withClient(options.connectionString, async (client) => {
    const records = await readRecords(client);
    const before = check(migrations, records);
    // One that is not finished may be under way: only the lock tells it from one that failed.
    if (before.pending.length === 0 && findUnfinished(records) === undefined)
      return { applied: [], unknown: before.unknown };
    return withLock(options, async (holdsLock) => {
      await createRecords(client);
      // Somebody else may have migrated while we waited.
      const current = await readRecords(client);
      refuseFailed(current);
      const { pending, unknown } = check(migrations, current);
      for (const migration of pending) {
        await holdsLock();
        await apply(client, migration);
      }
      return { applied: pending.map(({ name }) => name), unknown };
    });
  });
}

function check(migrations: Migration[], records: AppliedMigration[]) {
  const checksums = new Map(records.map((record) => [record.migration_name, record.checksum]));
  for (const { name, sql } of migrations) {
    const checksum = checksums.get(name);
    if (checksum === undefined || checksumsOf(sql).includes(checksum)) continue;
    throw new MigrationError(
      "edited",
      `The migration ${name} was edited after it had been applied to this database: restore the file and put the change into a new migration.`,
    );
  }
  const known = new Set(migrations.map(({ name }) => name));
  return {
    pending: migrations.filter(({ name }) => !checksums.has(name)),
    unknown: [...checksums.keys()].filter((name) => !known.has(name)),
  };
}

async function readRecords(client: pg.Client): Promise<AppliedMigration[]> {
  if (!(await hasRecords(client))) return [];
  const records = await client.query<AppliedMigration>(
    `SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return records.rows;
}

async function createRecords(client: pg.Client): Promise<void> {
  if (await hasRecords(client)) return;
  await refuseForeignTables(client);
  await client.query(RECORDS);
}

async function hasRecords(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass(quote_ident(current_schema()) || '._prisma_migrations') IS NOT NULL AS exists`,
  );
  return rows[0]?.exists === true;
}

async function refuseForeignTables(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ relname: string }>(
    `SELECT relname FROM pg_class
     WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
       AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')
     LIMIT 1`,
  );
  const [table] = rows;
  if (table === undefined) return;
  throw new MigrationError(
    "not_empty",
    `This database is not empty and was not made by our migrations (it holds "${table.relname}"): use an empty one, or record a baseline with \`prisma migrate resolve --applied\`.`,
  );
}

function findUnfinished(records: AppliedMigration[]): AppliedMigration | undefined {
  return records.find((record) => record.finished_at === null);
}

function refuseFailed(records: AppliedMigration[]): void {
  const failed = findUnfinished(records);
  if (failed === undefined) return;
  throw new MigrationError(
    "failed_before",
    `The migration ${failed.migration_name} failed on this database or was interrupted: repair what it left, then run \`prisma migrate resolve\` with --rolled-back or --applied ${failed.migration_name}.`,
  );
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<void> {
  const record = { id: randomUUID(), checksum: sha256(sql), name };
  const isAtomic = !cannotRunInTransaction.test(withoutComments(sql));
  if (isAtomic) await client.query("BEGIN");
  await client.query(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())",
    [record.id, record.checksum, record.name],
  );
  try {
    await client.query(sql);
  } catch (error) {
    if (isAtomic) await client.query("ROLLBACK");
    else
      await client.query("UPDATE _prisma_migrations SET logs = $2 WHERE id = $1", [record.id, String(error)]);
    const reason = error instanceof Error ? error.message : String(error);
    const state = isAtomic
      ? "nothing of it was kept"
      : "it cannot run in a transaction, so that parts of it may have been kept";
    throw new MigrationError("broken", `The migration ${name} failed (${reason}); ${state}.`, {
      cause: error,
    });
  }
  // A migration may leave settings behind, such as an empty search path.
  await client.query("RESET ALL");
  await client.query(
    "UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1",
    [record.id],
  );
  if (isAtomic) await client.query("COMMIT");
}

const cannotRunInTransaction =
  /\bCONCURRENTLY\b|\bVACUUM\b|\b(CREATE|DROP)\s+(DATABASE|TABLESPACE)\b|\bALTER\s+SYSTEM\b|^\s*(BEGIN|START\s+TRANSACTION|COMMIT|ROLLBACK)\s*;/im;

function withoutComments(sql: string): string {
  return sql.replaceAll(/--.*$/gm, "").replaceAll(/\/\*[\s\S]*?\*\//g, "");
}

// As the engine creates it, to the letter.
const RECORDS = `CREATE TABLE _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
