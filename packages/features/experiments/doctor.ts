import { messageOf, ScriptError } from "@calcom/lib/script-error";
import { isDatabaseAway, sqlState } from "@calcom/lib/sql";
import { openDatabase } from "./open-database";
import { HealthRepository } from "./results/recount/health.repository";
import { findFaultyViews } from "./sql/host-views";

/** Says what is wrong with a host's views, which migrations are missing, and which metrics cannot be measured. Reads all rows of people, teams and memberships. */
export async function runDoctor({ url, schema }: { url: string; schema?: string }): Promise<string> {
  const database = openDatabase({ url, max: 3, ...(schema === undefined ? {} : { schema }) });
  try {
    const faults = await findFaultyViews(database.pool, null).catch(refuseUnreadable);
    if (faults.length > 0) throw new ScriptError(faults.join("\n"));
    const broken = await new HealthRepository(database.pool).listBroken().catch(refuseUnreadable);
    const missed = broken.map(
      (one) => `The experiment ${one.slug} can’t measure ${one.broken.join(", ")}: its page says why.`,
    );
    if (missed.length > 0) throw new ScriptError(missed.join("\n"));
    return "All is well: no migration is missing, and each view has the columns and values that it needs, and nobody twice.\n";
  } finally {
    await database.close();
  }
}

/** An address that is wrong, a role that may not read, or a view that PostgreSQL cannot run: it says which. */
function refuseUnreadable(error: unknown): never {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (isDatabaseAway(cause) || sqlState(cause) !== null)
    throw new ScriptError(`The views could not be read: ${messageOf(cause)}.`, { cause });
  throw error;
}
