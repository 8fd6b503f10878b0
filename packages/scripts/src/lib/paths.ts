import path from "node:path";
import { fileURLToPath } from "node:url";

/** The top of the checkout. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../..");

export const webDir = path.join(root, "apps/web");
export const migrationsDir = path.join(root, "prisma/migrations");
export const schemaFile = path.join(root, "prisma/schema.prisma");

/** A file of a dependency, wherever npm has placed it. */
export function bin(relative: string): string {
  return path.join(root, "node_modules", relative);
}
