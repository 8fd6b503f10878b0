import pg from "pg";
import { readMigrations } from "./migration-files";

/** The names of the migrations that a database lacks. Nothing is changed. */
export async function pendingMigrations(options: {
  connectionString: string;
  migrationsDir: string;
}): Promise<string[]> {
  const client = new pg.Client({ connectionString: options.connectionString });
  client.on("error", () => {}); // the query that it breaks tells
  await client.connect();
  try {
    const { rows } = await client.query<{ exists: boolean }>(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists",
    );
    const names = readMigrations(options.migrationsDir).map(({ name }) => name);
    if (rows[0]?.exists !== true) return names;
    const applied = await client.query<{ migration_name: string }>(
      "SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
    );
    const known = new Set(applied.rows.map((row) => row.migration_name));
    return names.filter((name) => !known.has(name));
  } finally {
    await client.end();
  }
}
