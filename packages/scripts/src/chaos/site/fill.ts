import { createAuth } from "@calcom/features/auth/server";
import { createDatabase } from "@calcom/prisma/create";
import { deployMigrations } from "@calcom/prisma/deploy";
import { migrationsDir } from "../../lib/paths";
import { addExperiments } from "./experiments";

export const ADMIN = { name: "Ada", email: "ada@chaos.example", password: "correct horse battery" };

/** What every database of these begins with: two running experiments and an administrator. */
export async function migrateAndFill(url: string, dir: string = migrationsDir): Promise<void> {
  await deployMigrations({ connectionString: url, migrationsDir: dir });
  const database = createDatabase({ connectionString: url, max: 2 });
  try {
    await addExperiments(database);
    await createAuth(database).createAdmin(ADMIN);
  } finally {
    await database.close();
  }
}
