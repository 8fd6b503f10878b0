import { z } from "zod";

const schema = z.object({
  /** Where the run's server answers. */
  baseUrl: z.string(),
  /** Its database, for what only SQL can say. */
  databaseUrl: z.string(),
  /** A migrated database without rows, on the same server of PostgreSQL, to be copied. */
  template: z.string(),
  /** What a second server needs, so that sessions and visitor cookies hold there too. */
  secrets: z.record(z.string(), z.string()),
  password: z.string(),
  /** The demo's logins; the first is the administrator. */
  emails: z.array(z.string()),
});

export type TestEnv = z.infer<typeof schema>;

const variable = "CALCOM_E2E";

/** What global-setup.ts has started. Workers are made after it and inherit the variable. */
export function testEnv(): TestEnv {
  const value = process.env[variable];
  if (value === undefined) throw new Error(`${variable} is not set: run the tests by Playwright.`);
  return schema.parse(JSON.parse(value));
}

export function publishTestEnv(env: TestEnv): void {
  process.env[variable] = JSON.stringify(env);
}
