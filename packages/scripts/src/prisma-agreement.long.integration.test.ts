import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createTestDatabase, dropTestDatabase } from "@calcom/embedded-postgres/test-server";
import { deployMigrations } from "@calcom/prisma/deploy";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { migrationsDir, root, schemaFile } from "./lib/paths";
import { findSchemaEngine, runPrisma } from "./lib/schema-engine";
import { diff, verdictOf } from "./stages/drift";

const own = path.join(root, "prisma/schema-engine/main.mjs");
const { adminUrl } = inject("testServer");
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-schema-"));
/** The schema, and a column that no migration makes. */
const planted = path.join(dir, "schema.prisma");
let database: { name: string; url: string };

beforeAll(async () => {
  const schema = fs.readFileSync(schemaFile, "utf8");
  fs.writeFileSync(planted, schema.replace(/^model User \{$/m, "model User {\n  planted Int?"));
  database = await createTestDatabase({ adminUrl, prefix: "agreement" });
  await deployMigrations({ connectionString: database.url, migrationsDir });
});

afterAll(async () => {
  fs.rmSync(dir, { recursive: true, force: true });
  await dropTestDatabase(adminUrl, database.name);
});
afterEach(() => vi.unstubAllEnvs());

test("an engine that is named and not there is refused, and drift is not passed over", () => {
  vi.stubEnv("PRISMA_SCHEMA_ENGINE_BINARY", "/nowhere/schema-engine");
  expect(() => findSchemaEngine()).toThrow("names /nowhere/schema-engine, which is not there");
});

test("an engine that dies without a word is no agreement", { timeout: 180_000 }, async () => {
  const silent = path.join(dir, "silent");
  fs.writeFileSync(silent, "#!/bin/sh\nexit 0\n", { mode: 0o755 });
  expect(verdictOf(await diff(silent, adminUrl, schemaFile))).toMatchObject({ passed: 0, failed: 1 });
});

// Ours is tried wherever it runs, and so is the native one where it was downloaded.
describe.each([...new Set([own, findSchemaEngine()])])("by %s", { timeout: 180_000 }, (engine) => {
  test("prisma migrate deploy finds nothing left to do after us", async () => {
    const deploy = await runPrisma(engine, database.url, ["migrate", "deploy"]);
    expect(deploy.output).toContain("No pending migrations to apply");
    expect(deploy.code).toBe(0);
    const status = await runPrisma(engine, database.url, ["migrate", "status"]);
    expect(status.output).toContain("Database schema is up to date");
    expect(status.code).toBe(0);
  });

  test("the migrations make what schema.prisma says, and a column that none of them makes is drift", async () => {
    expect(verdictOf(await diff(engine, adminUrl, schemaFile))).toMatchObject({ passed: 1, failed: 0 });
    const drifted = await diff(engine, adminUrl, planted);
    expect(verdictOf(drifted)).toMatchObject({ passed: 0, failed: 1 });
    expect(drifted.output).toContain('ALTER TABLE "User" ADD COLUMN     "planted" INTEGER');
    expect(drifted.code).toBe(2);
  });
});

test("our engine says what a new column needs, over a shadow of all migrations that it drops again", {
  timeout: 180_000,
}, async () => {
  const before = await databases();
  const { output, code } = await runPrisma(own, database.url, [
    ...["migrate", "diff", "--from-migrations", migrationsDir, "--to-schema", planted, "--script"],
  ]);
  expect(output).toContain('ALTER TABLE "User" ADD COLUMN     "planted" INTEGER');
  expect(code).toBe(0);
  expect(await databases()).toEqual(before);
});

async function databases(): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'",
    );
    return rows.map(({ datname }) => datname);
  } finally {
    await client.end();
  }
}
