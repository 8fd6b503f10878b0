import { type Ran, runMain } from "../../testing/run-main";

/** `npm run experiments -- …`, on this database. */
export function runExperiments(args: string[], databaseUrl: string): Promise<Ran> {
  return runMain(["experiments", ...args], databaseUrl);
}
