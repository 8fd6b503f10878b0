import { isAppError } from "@calcom/lib/errors";
import { ScriptError } from "@calcom/lib/script-error";
import { openDatabase } from "./open-database";
import { createVerification } from "./results/recount/create-results";
import { tellVerification } from "./results/recount/tell-verification";

/** Holds a conclusion to its receipt. @throws ScriptError where it no longer holds, or there is none */
export async function runVerify(
  slug: string,
  { url, schema }: { url: string; schema?: string },
): Promise<string> {
  const database = openDatabase({ url, max: 2, ...(schema === undefined ? {} : { schema }) });
  try {
    const verification = await createVerification(database.pool).verify(slug);
    const told = tellVerification(verification);
    if (!verification.matches) throw new ScriptError(told);
    return `${told}\n`;
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw new ScriptError(error.message, { cause: error });
  } finally {
    await database.close();
  }
}
