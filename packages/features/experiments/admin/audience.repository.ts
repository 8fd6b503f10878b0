import { containing } from "@calcom/lib/sql";
import { NAME, nameOfRow } from "../sql/names-sql";
import { type Pool, queryRows } from "../sql/runner";
import type { HostId } from "../types/host-id";

export interface FoundTeam {
  id: HostId;
  name: string;
  slug: string;
  isOrganization: boolean;
  members: number;
}

export interface FoundPerson {
  id: HostId;
  name: string;
  email: string;
}

/** Searches people and teams, and lists the attributes that rules can use. */
export class AudienceRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** The teams with these ids first, then those whose name or slug contains the text, sorted by name. */
  findTeams(search: string, ids: HostId[], onlyOrganizations: boolean | null): Promise<FoundTeam[]> {
    return queryRows(
      this.#pool,
      `SELECT team."id", ${nameOfRow("team")} AS "name", team."slug", team."is_organization" AS "isOrganization", team."members"
       FROM "experiment_host_teams" AS team
       WHERE team."id" = ANY($2::experiment_team_id[]) OR (
         ($3::boolean IS NULL OR team."is_organization" = $3)
         AND $1::text IS NOT NULL AND (team."name" ILIKE $1 OR team."slug" ILIKE $1)
       )
       ORDER BY team."id" = ANY($2::experiment_team_id[]) DESC, lower(team."name"), team."id" LIMIT ${FOUND} + cardinality($2::experiment_team_id[])`,
      [containing(search), ids, onlyOrganizations],
    );
  }

  findPeople(search: string): Promise<FoundPerson[]> {
    return queryRows(
      this.#pool,
      `SELECT "id", ${NAME} AS "name", coalesce("email", '') AS "email" FROM "experiment_host_users"
       WHERE "name" ILIKE $1 OR "email" ILIKE $1 ORDER BY lower("name"), "id" LIMIT ${FOUND}`,
      [containing(search)],
    );
  }

  /**
   * The attributes that people have, each with its most frequent values. Only the latest accounts are read: these are
   * suggestions.
   */
  listAttributes(): Promise<{ name: string; values: string[] }[]> {
    return queryRows(
      this.#pool,
      `SELECT seen."name", coalesce(array_agg(seen."value" ORDER BY seen.people DESC, seen."value")
           FILTER (WHERE seen.rank <= ${VALUES} AND length(seen."value") <= 100), '{}') AS "values"
       FROM (
         SELECT entry.key AS "name", entry.value #>> '{}' AS "value", count(*) AS people,
           row_number() OVER (PARTITION BY entry.key ORDER BY count(*) DESC) AS rank
         FROM (SELECT "attributes" FROM "experiment_host_users" ORDER BY "id" DESC LIMIT ${SAMPLE}) AS person,
           jsonb_each(CASE jsonb_typeof(person."attributes") WHEN 'object' THEN person."attributes" ELSE '{}' END) AS entry
         GROUP BY entry.key, entry.value
       ) AS seen GROUP BY seen."name" ORDER BY seen."name" LIMIT 100`,
    );
  }
}

const FOUND = 20;
const VALUES = 20;
const SAMPLE = 5_000;
