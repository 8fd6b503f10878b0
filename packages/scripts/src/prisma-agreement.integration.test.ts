import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { deployMigrations } from "@calcom/prisma/deploy";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrationsDir, schemaFile } from "./lib/paths";
import { findSchemaEngine, runPrisma } from "./lib/schema-engine";
import { diff } from "./stages/drift";
import { createTestDatabase, dropTestDatabase } from "./testing/test-server";

const engine = findSchemaEngine();
const file = "file" in engine ? engine.file : "";
const { adminUrl } = inject("testServer");
let database: { name: string; url: string };

beforeAll(async () => {
  database = await createTestDatabase({ adminUrl, prefix: "agreement" });
});

afterAll(() => dropTestDatabase(adminUrl, database.name));

// Without Prisma's engine there is nothing to agree with: the stage "drift" says why it is not there.
test.runIf(file !== "")(
  "prisma migrate deploy finds nothing left to do after us",
  { timeout: 60_000 },
  async () => {
    await deployMigrations({ connectionString: database.url, migrationsDir });
    const deploy = await runPrisma({ file }, database.url, ["migrate", "deploy"]);
    expect(deploy.output).toContain("No pending migrations to apply");
    expect(deploy.code).toBe(0);
    const status = await runPrisma({ file }, database.url, ["migrate", "status"]);
    expect(status.output).toContain("Database schema is up to date");
    expect(status.code).toBe(0);
  },
);

test.runIf(file !== "")(
  "a column that no migration makes is seen as drift",
  { timeout: 60_000 },
  async () => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), "calcom-schema-"));
    const planted = path.join(dir, "schema.prisma");
    const schema = fs.readFileSync(schemaFile, "utf8");
    fs.writeFileSync(planted, schema.replace(/^model User \{$/m, "model User {\n  planted Int?"));
    try {
      expect((await diff({ file }, adminUrl, schemaFile)).code).toBe(0);
      const drifted = await diff({ file }, adminUrl, planted);
      expect(drifted.output).toContain("planted");
      expect(drifted.code).toBe(2);
    } finally {
      fs.rmSync(dir, { recursive: true, force: true });
    }
  },
);
