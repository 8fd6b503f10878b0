import type { Pool } from "../../../sql/runner";

/** Mulberry32: a history that failed is made again from its seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One for each user, who is its only member. */
export async function createTeams(pool: Pool, users: readonly number[]): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO "Team" ("name", "slug") SELECT 'A team', gen_random_uuid() FROM generate_series(1, $1) RETURNING "id"`,
    [users.length],
  );
  const teams = rows.map(({ id }) => id);
  await pool.query(
    `INSERT INTO "Membership" ("userId", "teamId", "accepted") SELECT *, true FROM unnest($1::int[], $2::int[])`,
    [users, teams],
  );
  return teams;
}

export async function createUsers(pool: Pool, count: number): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO "User" ("email", "name", "passwordHash")
     SELECT gen_random_uuid() || '@test.example', 'Uma', '-' FROM generate_series(1, $1) RETURNING "id"`,
    [count],
  );
  return rows.map(({ id }) => id);
}
