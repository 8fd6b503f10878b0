import { createHash, randomUUID } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import pg from "pg";

export type MigrationErrorCode = "broken" | "edited" | "failed_before" | "locked" | "no_file" | "not_empty";

/** The database was left as it was, except where the message says otherwise. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MigrationError";
    this.code = code;
  }
}

export interface DeployOptions {
  /** A direct connection: a pooler in transaction mode loses the lock between two statements. */
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

interface Migration {
  name: string;
  sql: string;
}

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
}

/**
 * Brings a database up to date without Prisma's engine, under the lock and with the records of `prisma migrate deploy`,
 * so that either may follow the other. Each migration is applied whole or not at all, unless it holds statements that
 * cannot run in a transaction. Safe to call from several processes at once.
 *
 * @throws MigrationError where a migration fails, has failed, or was edited after it had been applied
 */
export async function deployMigrations(options: DeployOptions): Promise<Deployment> {
  const migrations = readMigrations(options.migrationsDir);
  const client = new pg.Client({
    connectionString: options.connectionString,
    application_name: "calcom-deploy",
  });
  // A lost connection fails the statement that waits for it; without a listener it would end the process first.
  client.on("error", () => {});
  await client.connect();
  try {
    await lock(client, options.lockTimeoutMs ?? 5 * 60_000);
    const records = await readRecords(client);
    refuseFailed(records);
    const checksums = new Map(records.map((record) => [record.migration_name, record.checksum]));
    const known = new Set(migrations.map(({ name }) => name));
    const applied: string[] = [];
    for (const migration of migrations) {
      const checksum = checksums.get(migration.name);
      if (checksum === undefined) {
        await apply(client, migration);
        applied.push(migration.name);
      } else if (!checksumsOf(migration.sql).includes(checksum)) {
        throw new MigrationError(
          "edited",
          `The migration ${migration.name} was edited after it had been applied to this database: restore the file and put the change into a new migration.`,
        );
      }
    }
    return { applied, unknown: [...checksums.keys()].filter((name) => !known.has(name)) };
  } finally {
    await client.end();
  }
}

/** Those of a folder, in their order. */
export function readMigrations(dir: string): Migration[] {
  const folders = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const file = path.join(dir, name, "migration.sql");
      if (!fs.existsSync(file)) {
        throw new MigrationError(
          "no_file",
          `The migration ${name} has no migration.sql: restore it, or remove its folder.`,
        );
      }
      return { name, sql: fs.readFileSync(file, "utf8") };
    });
}

/** Prisma's own lock, which is released with the connection. */
async function lock(client: pg.Client, timeoutMs: number): Promise<void> {
  try {
    await client.query(`SET lock_timeout = ${Math.ceil(timeoutMs)}`);
    await client.query("SELECT pg_advisory_lock(72707369)");
    await client.query("RESET lock_timeout");
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== "55P03") throw error;
    throw new MigrationError(
      "locked",
      `Another process has been migrating this database for more than ${Math.round(timeoutMs / 1000)} s: wait for it or end it, then start again.`,
      { cause: error },
    );
  }
}

async function readRecords(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass(quote_ident(current_schema()) || '._prisma_migrations') IS NOT NULL AS exists`,
  );
  if (rows[0]?.exists !== true) {
    await refuseForeignTables(client);
    await client.query(createRecords);
    return [];
  }
  const records = await client.query<AppliedMigration>(
    `SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return records.rows;
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

function refuseFailed(records: AppliedMigration[]): void {
  const failed = records.find((record) => record.finished_at === null);
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

/** Git may have changed the line ends since; Prisma accepts that too. */
function checksumsOf(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].map(sha256);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

// As the engine creates it, to the letter.
const createRecords = `CREATE TABLE _prisma_migrations (
  id                  VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum            VARCHAR(64) NOT NULL,
  finished_at         TIMESTAMPTZ,
  migration_name      VARCHAR(255) NOT NULL,
  logs                TEXT,
  rolled_back_at      TIMESTAMPTZ,
  started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`;
