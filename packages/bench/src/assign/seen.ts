import type { Fixture } from "../internals";

/** As if every browser had reported what its page showed, a minute ago: a node remembers the rows of who has seen them. */
export async function letAllBeSeen({ database }: Pick<Fixture, "database">): Promise<void> {
  await database.pool.query(
    `UPDATE "ExperimentVariant" SET "assignedAt" = now() - interval '1 minute', "exposedAt" = now() - interval '1 minute',
       "isProvisional" = false
     WHERE "exposedAt" IS NULL`,
  );
}
