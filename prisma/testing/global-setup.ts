import path from "node:path";
import { createTestDatabase, dropTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import type { TestProject } from "vitest/node";
import { deployMigrations } from "../deploy";

const migrationsDir = path.resolve(import.meta.dirname, "../migrations");

/** One server for the run, and on it one migrated database that every test file gets a copy of. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer();
  const { adminUrl } = server;
  const template = await createTestDatabase({ adminUrl, prefix: "template" });
  const stop = async () => {
    await dropTestDatabase(adminUrl, template.name);
    await server.stop();
  };
  try {
    await deployMigrations({ connectionString: template.url, migrationsDir });
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("testServer", { adminUrl, template: template.name });
  return stop;
}
