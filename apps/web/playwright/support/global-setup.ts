import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createTestDatabase, dropTestDatabase, startTestServer } from "@calcom/embedded-postgres/test-server";
import { deployMigrations } from "@calcom/prisma/deploy";
import { migrationsDir } from "@calcom/scripts/paths";
import { buildWeb } from "@calcom/scripts/web-build";
import { DEMO_PASSWORD, demoLogins, seedDemo } from "@calcom/seed";
import { publishTestEnv } from "./test-env";
import { startWebServer } from "./web-server";

/** One throw-away database with the demo in it, and one production server, for the whole run. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  delete process.env.DATABASE_URL;
  mkdirSync("test-results", { recursive: true });
  await buildWeb();
  const postgres = await startTestServer();
  const { adminUrl } = postgres;
  // Migrated once: each server of a test's own gets a copy.
  const template = await createTestDatabase({ adminUrl, prefix: "template" });
  await deployMigrations({ connectionString: template.url, migrationsDir });
  const database = await createTestDatabase({ adminUrl, prefix: "e2e", template: template.name });
  await seedDemo({ connectionString: database.url });
  const secret = () => randomBytes(32).toString("hex");
  const secrets = { NEXTAUTH_SECRET: secret(), VISITOR_COOKIE_SECRET: secret(), PREVIEW_SECRET: secret() };
  const server = await startWebServer({ databaseUrl: database.url, secrets });
  publishTestEnv({
    baseUrl: server.baseUrl,
    databaseUrl: database.url,
    template: template.name,
    secrets,
    password: DEMO_PASSWORD,
    emails: demoLogins.map(({ email }) => email),
  });
  return async () => {
    await server.stop();
    for (const { name } of [database, template]) await dropTestDatabase(adminUrl, name);
    await postgres.stop();
  };
}
