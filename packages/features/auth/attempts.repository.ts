import type { Database } from "@calcom/prisma";

/** Mistakes that cost no time. */
const FREE = 5;
const LONGEST_SECONDS = 60;
/** What lies so long back does not count any more. */
const FORGOTTEN_AFTER_MS = 60 * 60 * 1_000;

/**
 * Attempts by key, counted by all nodes together. After a few each makes the next wait twice as long, a minute at most:
 * long enough against guessing, and whoever is kept waiting by somebody else's guesses gets his turn.
 */
export class AttemptsRepository {
  readonly #pool: Database["pool"];

  constructor({ pool }: Pick<Database, "pool">) {
    this.#pool = pool;
  }

  /** Counts an attempt, and answers null; or how many seconds it comes too early, and counts nothing. */
  async count(key: string): Promise<number | null> {
    const counted = await this.#pool.query(COUNT, [key, FREE, LONGEST_SECONDS, FORGOTTEN_AFTER_MS]);
    if (counted.rowCount === 1) return null;
    const { rows } = await this.#pool.query<{ seconds: number }>(
      `SELECT ceil(("expire" - ${NOW_MS}) / 1000.0)::int AS "seconds" FROM "RateLimit" WHERE "key" = $1`,
      [key],
    );
    return Math.max(1, rows[0]?.seconds ?? 1);
  }

  /** Only failures are to add up. */
  async forget(key: string): Promise<void> {
    await this.#pool.query(`DELETE FROM "RateLimit" WHERE "key" = $1`, [key]);
  }

  /** Removes what does not count any more. */
  async sweep(): Promise<void> {
    await this.#pool.query(`DELETE FROM "RateLimit" WHERE "expire" < ${NOW_MS} - $1::bigint`, [
      FORGOTTEN_AFTER_MS,
    ]);
  }
}

const NOW_MS = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`;

/** `expire` is when the next attempt may be made. Of attempts at once each sees those before it: they wait for the row. */
const COUNT = `
INSERT INTO "RateLimit" AS known ("key", "points", "expire") VALUES ($1, 1, ${NOW_MS})
ON CONFLICT ("key") DO UPDATE SET
  "points" = CASE WHEN known."expire" < ${NOW_MS} - $4::bigint THEN 1 ELSE known."points" + 1 END,
  "expire" = ${NOW_MS} + CASE
    WHEN known."expire" < ${NOW_MS} - $4::bigint OR known."points" + 1 < $2::int THEN 0
    ELSE 1000 * LEAST($3::int, power(2, LEAST(known."points" + 1 - $2::int, 20))::int)
  END
WHERE known."expire" <= ${NOW_MS}`;
