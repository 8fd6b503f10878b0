import { AppError, isAppError } from "./errors";
import { isDatabaseAway } from "./sql";

/**
 * The failure as it was foreseen: one of ours, or a database that does not answer, by whichever driver it was asked.
 * Null for every other, which is a fault of the code.
 */
export function asForeseen(error: unknown): AppError | null {
  if (isAppError(error)) return error;
  if (!isDatabaseAway(error)) return null;
  const message = "The database isn’t responding. Try again in a moment.";
  return new AppError("unavailable", "unavailable", message, { cause: error });
}
