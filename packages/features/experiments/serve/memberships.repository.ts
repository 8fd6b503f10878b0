import { queryRowsOften } from "../sql/named-statements";
import type { Pool } from "../sql/runner";
import type { HostId } from "../types/host-id";

export class MembershipsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Finds the teams, among those asked for, in which the user is an accepted member. */
  async find(userId: HostId, teamIds: HostId[]): Promise<Set<HostId>> {
    const rows = await queryRowsOften<{ teamId: HostId }>(
      this.#pool,
      `SELECT "team_id" AS "teamId" FROM "experiment_host_memberships" WHERE "user_id" = $1 AND "team_id" = ANY($2)`,
      [userId, teamIds],
    );
    return new Set(rows.map(({ teamId }) => teamId));
  }
}
