import { createTestDatabase, dropTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import { deployMigrations } from "@calcom/prisma/deploy";
import { migrationsDir, schemaFile } from "../lib/paths";
import type { Finished } from "../lib/processes";
import { findSchemaEngine, runPrisma } from "../lib/schema-engine";
import { type Stage, type StageResult, single } from "./stage";

/** The migrations, applied one after the other, make what schema.prisma says. */
export const drift: Stage = {
  name: "drift",
  async run() {
    const engine = findSchemaEngine();
    const server = await startTestServer();
    try {
      return verdictOf(await diff(engine, server.adminUrl, schemaFile));
    } finally {
      await server.stop();
    }
  },
};

/** An engine that dies without a word leaves the CLI with exit code 0, which is no agreement. */
export function verdictOf({ code, output }: Finished): StageResult {
  if (code === 0 && !output.includes("This is an empty migration"))
    return single(1, `Prisma's schema engine ended before it had compared anything:\n${output}`);
  return single(code, `The migrations do not make what schema.prisma says. This SQL is missing:\n${output}`);
}

/**
 * Compares a database that our deployer has migrated, and writes the SQL that is missing. Exit code 0 where nothing is
 * missing, 2 where something is.
 */
export async function diff(engine: string, adminUrl: string, schema: string): Promise<Finished> {
  const database = await createTestDatabase({ adminUrl, prefix: "drift" });
  try {
    await deployMigrations({ connectionString: database.url, migrationsDir });
    return await runPrisma(engine, database.url, [
      "migrate",
      "diff",
      "--from-config-datasource",
      "--to-schema",
      schema,
      "--script",
      "--exit-code",
    ]);
  } finally {
    await dropTestDatabase(adminUrl, database.name);
  }
}
