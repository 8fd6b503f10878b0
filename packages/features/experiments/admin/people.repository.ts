import { containing } from "@calcom/lib/sql";
import { type Pool, queryRows } from "../sql/runner";
import type { HostId } from "../types/host-id";
import type { PersonConversion, PersonKey } from "../types/people";
import type { Unit } from "../types/settings";
import { CONVERSIONS, MOST_TEAMS, ROWS, SLUGS, TEAM, USER, VISITOR } from "./people-sql";

/** Somebody, with the ids under which experiments know them. */
export interface StoredPerson {
  unit: Unit;
  id: string;
  name: string | null;
  /** An e-mail address, or a team's slug. */
  detail: string | null;
  userId: HostId | null;
  teams: { id: HostId; name: string }[];
  areMoreTeams: boolean;
  visitorIds: string[];
}

export interface PersonRow {
  id: string;
  slug: string;
  variant: string;
  unit: Unit;
  unitId: string;
  assignedAt: Date;
  exposedAt: Date | null;
  isImported: boolean;
}

export interface ConversionsOfRow extends PersonConversion {
  assignmentId: string;
}

/** Longer than a request waits: a person does. */
const PATIENCE_MS = 10_000;

/** Reads all that is stored of one user, team or visitor, and writes nothing. */
export class PeopleRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async find({ unit, id }: PersonKey): Promise<StoredPerson | null> {
    const statement = { user: USER, team: TEAM, visitor: VISITOR }[unit];
    const [row] = await this.#read<Omit<StoredPerson, "unit" | "areMoreTeams">>(statement, [id]);
    if (row === undefined) return null;
    const areMoreTeams = row.teams.length > MOST_TEAMS;
    return { ...row, unit, teams: row.teams.slice(0, MOST_TEAMS), areMoreTeams };
  }

  /** By the whole address, in any case. */
  async findByEmail(email: string): Promise<HostId | null> {
    const [row] = await this.#read<{ id: HostId }>(
      `SELECT "id" FROM "experiment_host_users" WHERE "email" = lower($1)`,
      [email],
    );
    return row?.id ?? null;
  }

  listRows(userId: HostId | null, teamIds: readonly HostId[], visitorIds: readonly string[]) {
    return this.#read<PersonRow>(ROWS, [userId, teamIds, visitorIds]);
  }

  async listConversions(assignmentIds: readonly string[]): Promise<ConversionsOfRow[]> {
    return assignmentIds.length === 0 ? [] : this.#read<ConversionsOfRow>(CONVERSIONS, [assignmentIds]);
  }

  /** The slugs of what is called like this. */
  async findSlugs(search: string): Promise<Set<string>> {
    const rows = await this.#read<{ slug: string }>(SLUGS, [containing(search)]);
    return new Set(rows.map(({ slug }) => slug));
  }

  #read<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    return queryRows<Row & Record<string, unknown>>(this.#pool, text, values, PATIENCE_MS);
  }
}
