// In the image beside the server: `node migrate.mjs`. It applies the migrations that the database lacks, and ends.
import { fileURLToPath } from "node:url";
import { deployMigrations } from "@calcom/prisma/deploy";

const connectionString = process.env.DATABASE_DIRECT_URL || process.env.DATABASE_URL;
if (connectionString === undefined || connectionString === "") {
  console.error("DATABASE_URL is not set.");
  process.exit(1);
}
try {
  const migrationsDir = fileURLToPath(new URL("./migrations", import.meta.url));
  const { applied, unknown } = await deployMigrations({ connectionString, migrationsDir });
  for (const name of applied) console.log(`Applied ${name}.`);
  if (unknown.length > 0)
    console.warn(`The database is ahead of this image: it holds ${unknown.join(", ")}.`);
  console.log("The database is up to date.");
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
