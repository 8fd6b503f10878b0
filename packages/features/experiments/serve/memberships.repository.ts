import { type Pool, queryRows } from "../sql/runner";

export class MembershipsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Finds the teams, among those asked for, in which the user is an accepted member. */
  async find(userId: number, teamIds: number[]): Promise<Set<number>> {
    const rows = await queryRows<{ teamId: number }>(
      this.#pool,
      `SELECT "teamId" FROM "Membership" WHERE "userId" = $1 AND "teamId" = ANY($2) AND "accepted"`,
      [userId, teamIds],
    );
    return new Set(rows.map(({ teamId }) => teamId));
  }
}
