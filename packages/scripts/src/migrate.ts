import { openAppDatabase } from "./lib/app-database";
import { loadDotEnv } from "./lib/dot-env";

/** `npm run migrate`: applies the migrations that the database lacks, and serves nothing. */
export async function migrate(): Promise<void> {
  loadDotEnv();
  const database = await openAppDatabase();
  await database.stop();
  console.log("The database is up to date.");
}
