import { readFirst } from "../../sql/long-statement";
import { NAME, nameOfRow } from "../../sql/names-sql";
import { type Pool, queryRows } from "../../sql/runner";
import { type HostId, type IdTypes, parseHostId } from "../../types/host-id";
import type { ReportPeople } from "../report";

/** Reads the names that stand in a report: of teams, of the owner, and of who has decided. */
export class ReportNamesRepository {
  readonly #pool: Pool;
  readonly #types: IdTypes;

  constructor(pool: Pool, types: IdTypes) {
    this.#pool = pool;
    this.#types = types;
  }

  /** By id; a team that is gone is left out. */
  async listTeams(ids: HostId[]): Promise<Record<string, string>> {
    // A configuration that was edited by hand may hold something that is not an id.
    const known = ids.flatMap((id) => parseHostId(this.#types.teams, id) ?? []);
    if (known.length === 0) return {};
    const teams = await queryRows<{ id: HostId; name: string }>(
      this.#pool,
      `SELECT "id", ${NAME} AS "name" FROM "experiment_host_teams" WHERE "id" = ANY($1::experiment_team_id[])`,
      [known],
    );
    return Object.fromEntries(teams.map(({ id, name }) => [String(id), name]));
  }

  /** The log says who has started and ended an experiment, and who withdrew its winner. Of several the last counts. */
  async findPeople(slug: string, ownerId: HostId | null): Promise<ReportPeople> {
    const people = await readFirst<{ what: keyof ReportPeople; name: string | null }>(
      this.#pool,
      `SELECT decision."what", ${nameOfRow("person")} AS "name" FROM (
         SELECT 0 AS "id", $2::experiment_user_id AS "actorId", 'owner' AS "what"
         UNION ALL
         SELECT entry."id", entry."actorId", CASE
           WHEN "before" #>> '{metadata,status}' = 'draft' AND "after" #>> '{metadata,status}' = 'running'
             THEN 'startedBy'
           WHEN "before" #>> '{metadata,status}' <> 'concluded' AND "after" #>> '{metadata,status}' = 'concluded'
             THEN 'concludedBy'
           WHEN "before" #>> '{metadata,winnerVariant}' IS NOT NULL AND "after" #>> '{metadata,winnerVariant}' IS NULL
             THEN 'takenBackBy'
         END
         FROM "AuditLog" AS entry
         WHERE entry."tableName" = 'Feature' AND entry."rowKey" = $1 AND entry."action" = 'UPDATE'
       ) AS decision LEFT JOIN "experiment_host_users" AS person ON person."id" = decision."actorId"
       WHERE decision."what" IS NOT NULL ORDER BY decision."id"`,
      [slug, ownerId === null ? null : parseHostId(this.#types.users, ownerId)],
    );
    const nobody: ReportPeople = { owner: null, startedBy: null, concludedBy: null, takenBackBy: null };
    return Object.assign(nobody, Object.fromEntries(people.map(({ what, name }) => [what, name])));
  }
}
