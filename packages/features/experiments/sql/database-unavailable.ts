import { isAppError } from "@calcom/lib/errors";
import { isDatabaseAway } from "@calcom/lib/sql";
import { ExperimentError } from "../types/errors";

/**
 * The database could not be asked, and the same call may succeed in a moment. Whatever else a statement throws is a
 * fault of the code, and stays what it is.
 */
export class DatabaseUnavailable extends ExperimentError {
  constructor(cause: unknown) {
    super("unavailable", "The database isn’t responding. Try again in a moment.", { cause });
  }
}

/** Runs what asks the database, by whichever driver. @throws DatabaseUnavailable */
export async function askDatabase<Result>(run: () => PromiseLike<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw isDatabaseAway(error) && !isAppError(error) ? new DatabaseUnavailable(error) : error;
  }
}
