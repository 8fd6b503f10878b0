import { executeLong, LONG_WRITE_MS } from "../sql/long-statement";
import { execute, type SqlRunner } from "../sql/runner";

/** How many rows an experiment has gathered. */
export interface GatheredData {
  assignments: number;
  conversions: number;
}

/** Destroys all that an experiment has gathered, within `transaction`, and returns how much that was. */
export async function destroyRows(transaction: SqlRunner, slug: string): Promise<GatheredData> {
  // Notes once what the triggers would otherwise note for each of a million rows.
  await execute(transaction, "SELECT note_deleted_rows($1)", [slug]);
  const destroy = (table: string) =>
    executeLong(transaction, `DELETE FROM "${table}" WHERE "experimentSlug" = $1`, [slug], LONG_WRITE_MS);
  const conversions = await destroy("ExperimentConversion");
  const assignments = await destroy("ExperimentVariant");
  return { assignments, conversions };
}
