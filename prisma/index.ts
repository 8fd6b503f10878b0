import { env } from "@calcom/lib/env";
import { createDatabase, type Database } from "./create";

export { createDatabase, type Database, type DatabaseOptions } from "./create";
export { Prisma, type PrismaClient } from "./generated/client";

// Next keeps several instances of a module in one process; connections must not multiply with them.
const shared = globalThis as typeof globalThis & { calcomDatabase?: Database };

/** The process's database, opened at first use. */
export function database(): Database {
  shared.calcomDatabase ??= createDatabase({ connectionString: env().DATABASE_URL });
  return shared.calcomDatabase;
}
