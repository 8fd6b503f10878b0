import { ScriptError } from "@calcom/lib/script-error";
import { openDatabase } from "./open-database";
import { findFaultyViews } from "./sql/host-views";

/** Says what is wrong with a host's views. Reads all rows of people, teams and memberships. */
export async function runDoctor({ url, schema }: { url: string; schema?: string }): Promise<string> {
  const database = openDatabase({ url, max: 3, ...(schema === undefined ? {} : { schema }) });
  try {
    const faults = await findFaultyViews(database.pool, null);
    if (faults.length === 0)
      return "The views are well: each has the columns that it needs, and nobody twice.\n";
    throw new ScriptError(faults.join("\n"));
  } finally {
    await database.close();
  }
}
