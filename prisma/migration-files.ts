import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";

export type MigrationErrorCode =
  | "broken"
  | "edited"
  | "failed_before"
  | "locked"
  | "lock_lost"
  | "no_file"
  | "not_empty";

/** The database was left as it was, except where the message says otherwise. */
export class MigrationError extends Error {
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MigrationError";
    this.code = code;
  }
}

export interface Migration {
  name: string;
  sql: string;
}

/** Those of a folder, in their order. */
export function readMigrations(dir: string): Migration[] {
  const folders = fs.readdirSync(dir, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders
    .map(({ name }) => name)
    .sort()
    .map((name) => {
      const file = path.join(dir, name, "migration.sql");
      if (!fs.existsSync(file)) {
        throw new MigrationError(
          "no_file",
          `The migration ${name} has no migration.sql: restore it, or remove its folder.`,
        );
      }
      return { name, sql: fs.readFileSync(file, "utf8") };
    });
}

/** Git may have changed the line ends since; Prisma accepts that too. */
export function checksumsOf(sql: string): string[] {
  const unix = sql.replaceAll("\r\n", "\n");
  return [sql, unix, unix.replaceAll("\n", "\r\n")].map(sha256);
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
