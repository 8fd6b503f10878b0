import { jobEnv } from "@calcom/lib/env";
import { outsideRequest } from "@calcom/lib/outside-request";
import { createDatabase, type Database } from "./create";

export { createDatabase, type Database, type DatabaseOptions } from "./create";
export { Prisma, type PrismaClient } from "./generated/client";

// Next keeps several instances of a module in one process; connections must not multiply with them.
const shared = globalThis as typeof globalThis & { calcomDatabase?: Database | undefined };

/** The process's database, opened at first use. */
export function database(): Database {
  if (shared.calcomDatabase === undefined) {
    const { DATABASE_URL, DATABASE_POOL_SIZE } = jobEnv();
    // Who asks first may be a request, and the connections outlive it.
    shared.calcomDatabase = outsideRequest(() =>
      createDatabase({ connectionString: DATABASE_URL, max: DATABASE_POOL_SIZE }),
    );
  }
  return shared.calcomDatabase;
}

/** Closes the process's database, if it was opened; the next use opens it again. */
export async function closeDatabase(): Promise<void> {
  const opened = shared.calcomDatabase;
  shared.calcomDatabase = undefined;
  await opened?.close();
}
