import { type Pool, queryRows } from "./runner";

/** Takes a lease, or renews it; false while another holder has it. It ends by itself, if its holder dies. */
export async function takeLease(
  pool: Pool,
  name: string,
  holder: string,
  durationMs: number,
): Promise<boolean> {
  const taken = await queryRows(
    pool,
    `INSERT INTO "Lease" ("name", "holder", "until")
     VALUES ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
     ON CONFLICT ("name") DO UPDATE SET "holder" = excluded."holder", "until" = excluded."until"
     WHERE "Lease"."holder" = excluded."holder" OR "Lease"."until" <= clock_timestamp() RETURNING "name"`,
    [name, holder, durationMs],
  );
  return taken.length > 0;
}

/** Gives a lease back, so that the next one need not wait for its end. */
export async function giveLeaseBack(pool: Pool, name: string, holder: string): Promise<void> {
  await queryRows(
    pool,
    `UPDATE "Lease" SET "holder" = NULL, "until" = clock_timestamp() WHERE "name" = $1 AND "holder" = $2`,
    [name, holder],
  );
}
