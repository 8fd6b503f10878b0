import { type Pool, queryRows } from "./runner";

/** The newest of the module's migrations, all of which this version needs. */
export const MODULE_VERSION = 2;

/** Which of the module's migrations the database lacks, as a sentence; nothing where it has them all, or newer ones. */
export async function findMissingMigrations(pool: Pool): Promise<string[]> {
  const present = await readModuleVersion(pool);
  if (present >= MODULE_VERSION) return [];
  const missing = Array.from({ length: MODULE_VERSION - present }, (_, index) => nameOf(present + 1 + index));
  return [
    `The database lacks the module’s ${missing.length === 1 ? "migration" : "migrations"} ${missing.join(", ")}: run “npx experiments upgrade”, and apply what it writes.`,
  ];
}

/** The first of them made no function that says it. */
async function readModuleVersion(pool: Pool): Promise<number> {
  const [found] = await queryRows<{ isThere: boolean }>(
    pool,
    `SELECT to_regprocedure('experiment_module_version()') IS NOT NULL AS "isThere"`,
  );
  if (found?.isThere !== true) return 1;
  const [row] = await queryRows<{ version: number }>(pool, "SELECT experiment_module_version() AS version");
  return row?.version ?? 1;
}

function nameOf(number: number): string {
  return String(number).padStart(4, "0");
}
