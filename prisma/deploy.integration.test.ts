import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { testDatabase } from "@calcom/embedded-postgres/testing";
import pg from "pg";
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import { deployMigrations, MigrationError, type MigrationErrorCode } from "./deploy";

const { connectionString } = await testDatabase({ isEmpty: true });
const pool = new pg.Pool({ connectionString, max: 4 });
let migrationsDir: string;

beforeEach(async () => {
  await pool.query("DROP SCHEMA public CASCADE");
  await pool.query("CREATE SCHEMA public");
  migrationsDir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-migrations-"));
});

afterEach(() => {
  fs.rmSync(migrationsDir, { recursive: true, force: true });
});

afterAll(() => pool.end());

function write(name: string, sql: string): void {
  fs.mkdirSync(path.join(migrationsDir, name), { recursive: true });
  fs.writeFileSync(path.join(migrationsDir, name, "migration.sql"), sql);
}

function deploy(lockTimeoutMs?: number) {
  return deployMigrations({ connectionString, migrationsDir, lockTimeoutMs });
}

async function codeOfFailure(
  promise: Promise<unknown>,
): Promise<{ code: MigrationErrorCode; message: string }> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof MigrationError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("was accepted");
}

async function records() {
  const { rows } = await pool.query("SELECT * FROM _prisma_migrations ORDER BY migration_name");
  return rows;
}

async function tables(): Promise<string[]> {
  const { rows } = await pool.query<{ tablename: string }>(
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
  );
  return rows.map((row) => row.tablename);
}

test("applies what is new, in the order of the names, and nothing twice", async () => {
  write("20260102000000_second", "ALTER TABLE a ADD COLUMN b int;");
  write("20260101000000_first", "CREATE TABLE a (id int);");
  expect(await deploy()).toEqual({ applied: ["20260101000000_first", "20260102000000_second"], unknown: [] });
  expect(await deploy()).toEqual({ applied: [], unknown: [] });
  write("20260103000000_third", "CREATE TABLE c (id int);");
  expect((await deploy()).applied).toEqual(["20260103000000_third"]);
  expect(await tables()).toEqual(["a", "c"]);
});

test("records what Prisma records", async () => {
  const sql = "CREATE TABLE a (id int);\nCREATE TABLE b (id int);\n";
  write("20260101000000_first", sql);
  await deploy();
  expect(await records()).toEqual([
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      checksum: createHash("sha256").update(sql).digest("hex"),
      migration_name: "20260101000000_first",
      started_at: expect.any(Date),
      finished_at: expect.any(Date),
      rolled_back_at: null,
      logs: null,
      applied_steps_count: 1,
    },
  ]);
});

test("five processes at once apply each migration once", async () => {
  for (let i = 0; i < 5; i++)
    write(`2026010${i}000000_m`, `CREATE TABLE t${i} (id int); SELECT pg_sleep(0.02);`);
  const deployments = await Promise.all([deploy(), deploy(), deploy(), deploy(), deploy()]);
  expect(deployments.flatMap(({ applied }) => applied)).toHaveLength(5);
  expect(await records()).toHaveLength(5);
});

test("a migration that fails leaves nothing, is named, and may be corrected", async () => {
  write("20260101000000_first", "CREATE TABLE a (id int);");
  write("20260102000000_bad", "CREATE TABLE b (id int); INSERT INTO nowhere VALUES (1);");
  const failure = await codeOfFailure(deploy());
  expect(failure.code).toBe("broken");
  expect(failure.message).toContain('20260102000000_bad failed (relation "nowhere" does not exist)');
  expect(await tables()).toEqual(["a"]);
  write("20260102000000_bad", "CREATE TABLE b (id int);");
  expect((await deploy()).applied).toEqual(["20260102000000_bad"]);
});

test("a migration that cannot run in a transaction is applied, and refused for good once it failed", async () => {
  write("20260101000000_first", "CREATE TABLE a (id int); INSERT INTO a VALUES (1), (1);");
  write("20260102000000_index", "CREATE INDEX CONCURRENTLY a_id ON a (id);");
  await deploy();
  write("20260103000000_unique", "CREATE UNIQUE INDEX CONCURRENTLY a_unique ON a (id);");
  expect((await codeOfFailure(deploy())).code).toBe("broken");
  expect(await codeOfFailure(deploy())).toEqual({
    code: "failed_before",
    message: expect.stringContaining("20260103000000_unique failed on this database"),
  });
});

test("an edited migration is refused, and one whose line ends were changed is not", async () => {
  write("20260101000000_first", "CREATE TABLE a (\n  id int\n);\n");
  await deploy();
  write("20260101000000_first", "CREATE TABLE a (\r\n  id int\r\n);\r\n");
  expect((await deploy()).applied).toEqual([]);
  write("20260101000000_first", "CREATE TABLE a (\n  id bigint\n);\n");
  expect(await codeOfFailure(deploy())).toEqual({
    code: "edited",
    message: expect.stringContaining("20260101000000_first was edited"),
  });
});

test("a migration that was rolled back is applied again", async () => {
  write("20260101000000_first", "CREATE TABLE a (id int);");
  await deploy();
  await pool.query("DROP TABLE a");
  await pool.query("UPDATE _prisma_migrations SET rolled_back_at = now()");
  expect((await deploy()).applied).toEqual(["20260101000000_first"]);
});

test("a database ahead of the code is left alone and told", async () => {
  write("20260101000000_first", "CREATE TABLE a (id int);");
  write("20260102000000_second", "CREATE TABLE b (id int);");
  await deploy();
  fs.rmSync(path.join(migrationsDir, "20260102000000_second"), { recursive: true });
  expect(await deploy()).toEqual({ applied: [], unknown: ["20260102000000_second"] });
});

test("somebody else's database is refused untouched", async () => {
  await pool.query("CREATE TABLE invoices (id int)");
  write("20260101000000_first", "CREATE TABLE a (id int);");
  expect(await codeOfFailure(deploy())).toEqual({
    code: "not_empty",
    message: expect.stringContaining('"invoices"'),
  });
  expect(await tables()).toEqual(["invoices"]);
});

test("settings that a migration leaves behind do not reach the next one", async () => {
  write(
    "20260101000000_first",
    "SELECT set_config('search_path', '', false); CREATE TABLE public.a (id int);",
  );
  write("20260102000000_second", "CREATE TABLE b (id int);");
  expect((await deploy()).applied).toHaveLength(2);
});

test("waits for another deployment no longer than told", async () => {
  write("20260101000000_first", "CREATE TABLE a (id int);");
  const other = await pool.connect();
  await other.query("SELECT pg_advisory_lock(72707369)");
  try {
    expect((await codeOfFailure(deploy(100))).code).toBe("locked");
  } finally {
    await other.query("SELECT pg_advisory_unlock_all()");
    other.release();
  }
  expect((await deploy(100)).applied).toHaveLength(1);
});

test("a deployment that has lost its lock stops before the next migration, and goes on when it is run again", async () => {
  // The first one cuts off whoever holds the lock, as a restarted pooler would.
  write(
    "20260101000000_first",
    `CREATE TABLE a (id int);
     SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND pid <> pg_backend_pid()
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database());
     SELECT pg_sleep(0.2);`,
  );
  write("20260102000000_second", "CREATE TABLE b (id int);");
  expect((await codeOfFailure(deploy())).code).toBe("lock_lost");
  expect((await deploy()).applied).toEqual(["20260102000000_second"]);
});

test("locks nothing where nothing is pending", async () => {
  write("20260101000000_first", "CREATE TABLE a (id int);");
  await deploy();
  const other = await pool.connect();
  await other.query("SELECT pg_advisory_lock(72707369)");
  try {
    expect(await deploy(100)).toEqual({ applied: [], unknown: [] });
  } finally {
    await other.query("SELECT pg_advisory_unlock_all()");
    other.release();
  }
});

test("two deployments at once do not wait for each other where an index is made concurrently", async () => {
  write("20260101000000_first", "CREATE TABLE a (id int);");
  write("20260102000000_index", "CREATE INDEX CONCURRENTLY a_idx ON a (id);");
  const both = await Promise.all([deploy(), deploy()]);
  expect(both.flatMap(({ applied }) => applied)).toEqual(["20260101000000_first", "20260102000000_index"]);
});

test("a migration that another process has under way is waited for, and not taken for a failed one", async () => {
  write("20260101000000_first", "CREATE TABLE a (id int);");
  await deploy();
  await pool.query("UPDATE _prisma_migrations SET finished_at = NULL");
  const other = await pool.connect();
  await other.query("SELECT pg_advisory_lock(72707369)");
  const deployed = deploy();
  await expect
    .poll(
      async () =>
        // It has asked for the lock, was refused, and asks again.
        (
          await pool.query(
            "SELECT FROM pg_stat_activity WHERE application_name = 'calcom-deploy' AND query = 'ROLLBACK'",
          )
        ).rowCount,
    )
    .toBe(1);
  await other.query("UPDATE _prisma_migrations SET finished_at = now()");
  await other.query("SELECT pg_advisory_unlock_all()");
  other.release();
  expect(await deployed).toEqual({ applied: [], unknown: [] });
});
