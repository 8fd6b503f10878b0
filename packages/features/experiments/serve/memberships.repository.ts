import { queryRowsOften } from "../sql/named-statements";
import type { Pool } from "../sql/runner";

export class MembershipsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Finds the teams, among those asked for, in which the user is an accepted member. */
  async find(userId: number, teamIds: number[]): Promise<Set<number>> {
    const rows = await queryRowsOften<{ teamId: number }>(
      this.#pool,
      `SELECT "team_id" AS "teamId" FROM "experiment_host_memberships" WHERE "user_id" = $1 AND "team_id" = ANY($2)`,
      [userId, teamIds],
    );
    return new Set(rows.map(({ teamId }) => teamId));
  }
}
