import { executeLong, LONG_WRITE_MS } from "../sql/long-statement";
import type { SqlRunner } from "../sql/runner";
import type { Unit } from "../types/settings";
import { KEPT_VARIANTS } from "../utils/former-flag";
import { SELECTED } from "./flag-selection-sql";

/** Gives those whom a flag has selected by now the rows by which they keep what they have. */
export async function importSelected(transaction: SqlRunner, slug: string, unit: Unit): Promise<void> {
  if (unit === "visitor") return;
  // Drafts that were made before rows were imported at the start have those of that day.
  const forget = `DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "assignmentType" = 'IMPORTED'`;
  await executeLong(transaction, forget, [slug], LONG_WRITE_MS);
  await executeLong(
    transaction,
    `${SELECTED[unit]} INSERT INTO "ExperimentVariant" ("experimentSlug", "${unit}Id", "variant", "assignmentType")
     SELECT $1, nearest."id", CASE WHEN nearest."enabled" THEN $2 ELSE $3 END, 'IMPORTED'
     FROM nearest ORDER BY nearest."id" ON CONFLICT DO NOTHING`,
    [slug, KEPT_VARIANTS.on, KEPT_VARIANTS.off],
    LONG_WRITE_MS,
  );
}
