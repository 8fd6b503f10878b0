import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./index";
import { ownDatabase } from "./own-database";

let parent: string;
let postgres: EmbeddedPostgres;

beforeAll(async () => {
  parent = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-own-database-"));
  fs.chmodSync(parent, 0o755);
  postgres = await startEmbeddedPostgres({ dir: path.join(parent, "postgres"), isDurable: false });
});
afterAll(async () => {
  await postgres.stop();
  fs.rmSync(parent, { recursive: true, force: true });
});

async function ask(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

const WHO = `SELECT current_user AS name, rolsuper OR rolcreatedb OR rolcreaterole OR rolreplication AS "isMore"
  FROM pg_roles WHERE rolname = current_user`;

test("the role may do nothing but what it does in its own database", async () => {
  const url = await ownDatabase(postgres.url, "fresh");
  expect(await ask(url, WHO)).toEqual([{ name: "fresh", isMore: false }]);
  await ask(url, "CREATE TABLE kept (id int)");
  await expect(ask(url, "COPY kept FROM '/etc/passwd'")).rejects.toThrow("permission denied");
  await expect(ask(url, "CREATE DATABASE another")).rejects.toThrow("permission denied");
  expect(url).not.toContain(new URL(postgres.url("fresh")).password);
});

test("a database that the superuser has made is handed over with all that is in it, and again at no cost", async () => {
  await ask(postgres.url("postgres"), "CREATE DATABASE before");
  await ask(
    postgres.url("before"),
    `CREATE TYPE mood AS ENUM ('fine'); CREATE DOMAIN share AS int CHECK (VALUE < 101);
     CREATE TABLE "Odd Name" (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, mood mood, share share, serial serial);
     CREATE TABLE parted (id int) PARTITION BY RANGE (id);
     CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (9);
     CREATE VIEW seen AS SELECT * FROM "Odd Name"; CREATE MATERIALIZED VIEW stored AS SELECT 1 AS one;
     CREATE SEQUENCE alone;
     CREATE FUNCTION answer(int) RETURNS int LANGUAGE sql AS 'SELECT 42';
     CREATE PROCEDURE work() LANGUAGE sql AS 'SELECT 1';
     CREATE STATISTICS odd_stats ON id, share FROM "Odd Name"`,
  );
  const url = await ownDatabase(postgres.url, "before");
  expect(await ownDatabase(postgres.url, "before")).toBe(url);
  const foreign = await ask(
    url,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> current_user::regrole
     UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typowner <> current_user::regrole
     UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner <> current_user::regrole
     UNION ALL SELECT stxname FROM pg_statistic_ext WHERE stxowner <> current_user::regrole
     UNION ALL SELECT datname FROM pg_database WHERE datname = current_database() AND datdba <> current_user::regrole`,
  );
  expect(foreign).toEqual([]);
  await ask(url, `ALTER TABLE "Odd Name" ADD further int; INSERT INTO "Odd Name" (mood) VALUES ('fine')`);
});

test("several that start at once get the same", { timeout: 180_000 }, async () => {
  const urls = await Promise.all(Array.from({ length: 4 }, () => ownDatabase(postgres.url, "raced")));
  expect(new Set(urls).size).toBe(1);
  expect(await ask(urls[0] ?? "", WHO)).toEqual([{ name: "raced", isMore: false }]);
});
