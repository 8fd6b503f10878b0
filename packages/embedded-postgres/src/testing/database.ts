import { afterAll, inject } from "vitest";
import { createTestDatabase, dropTestDatabase } from "./test-server";

declare module "vitest" {
  interface ProvidedContext {
    testServer: { adminUrl: string; template: string };
  }
}

export interface TestDatabase {
  connectionString: string;
}

export interface TestDatabaseOptions {
  /** True for a database without any table; otherwise all migrations are applied. */
  isEmpty?: boolean;
}

/**
 * A fresh database of real PostgreSQL for the calling test file alone, dropped at its end. Call it once at the top of
 * the file (`const { connectionString } = await testDatabase()`). It becomes DATABASE_URL too, so that `env()` and
 * `database()` find it.
 */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const { adminUrl, template } = inject("testServer");
  const { name, url } = await createTestDatabase({
    adminUrl,
    prefix: "test",
    ...(options.isEmpty ? {} : { template }),
  });
  afterAll(() => dropTestDatabase(adminUrl, name));
  process.env.DATABASE_URL = url;
  return { connectionString: url };
}
