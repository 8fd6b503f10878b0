/** SQLSTATEs: the five characters by which Postgres names a failure. */
export const FOREIGN_KEY_VIOLATION = "23503";
export const UNIQUE_VIOLATION = "23505";
/** Raised by our own trigger: the slug belonged to an experiment that was deleted. */
export const SLUG_USED_BEFORE = "CX001";

/** The largest id that a column of type integer holds: a larger one would fail in the database. */
export const MAX_ROW_ID = 2 ** 31 - 1;

/** A pattern for LIKE that finds what contains the text, whatever characters it has. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** The SQLSTATE of a database error, wherever a driver or an ORM has put it; null for any other error. */
export function sqlState(error: unknown): string | null {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if ("code" in current && typeof current.code === "string" && SQLSTATE.test(current.code))
      return current.code;
  }
  return null;
}

/** Every SQLSTATE of a failure has a digit. The socket's EPIPE has none. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;
