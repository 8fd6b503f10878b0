import { Coalescer } from "./lib/server/coalescer";
import { FOREIGN_KEY_VIOLATION, type Pool, retryOnce, select, sqlState } from "./lib/server/sql";
import type { AssignmentType, Unit } from "./types";

/** One row of `ExperimentVariant`, as far as deciding and counting need it. */
export interface Assignment {
  id: string;
  slug: string;
  variant: string;
  unit: Unit;
  unitId: string;
  assignmentType: AssignmentType | "imported";
  assignedAt: Date;
  exposedAt: Date | null;
}

export interface AssignmentKey {
  slug: string;
  unit: Unit;
  unitId: string;
  /** The person behind a visitor, where one is signed in. */
  personId: number | null;
}

export interface NewAssignment {
  slug: string;
  unit: Unit;
  unitId: string;
  variant: string;
  assignmentType: AssignmentType;
  epoch: number;
}

/** Stored assignments. Concurrent callers share statements. */
export class AssignmentsRepository {
  readonly #pool: Pool;
  readonly #lookups: Coalescer<AssignmentKey, Assignment[]>;
  readonly #inserts: Coalescer<NewAssignment, Stored | null>;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#lookups = new Coalescer((keys) => this.#findMany(keys));
    this.#inserts = new Coalescer((rows) => this.#insertMany(rows));
  }

  /**
   * The rows of each key, in the order of the keys. A visitor has the rows of every browser that is linked
   * to the same person; all others have one at most.
   */
  find(keys: AssignmentKey[]): Promise<Assignment[][]> {
    return Promise.all(keys.map((key) => this.#lookups.submit(key)));
  }

  /**
   * Makes the rows durable and answers what is stored, which is another request's row where that one was
   * first. Null where the subject or the experiment is gone.
   */
  insert(rows: NewAssignment[]): Promise<(Stored | null)[]> {
    return Promise.all(rows.map((row) => this.#inserts.submit(row)));
  }

  /** The teams, of those asked for, in which the user is an accepted member. */
  async findMemberships(userId: number, teamIds: number[]): Promise<Set<number>> {
    const rows = await this.#query<{ teamId: number }>(
      `SELECT "teamId" FROM "Membership" WHERE "userId" = $1 AND "teamId" = ANY($2) AND "accepted"`,
      [userId, teamIds],
    );
    return new Set(rows.map(({ teamId }) => teamId));
  }

  async #findMany(keys: AssignmentKey[]): Promise<Assignment[][]> {
    const units = new Set(keys.map(({ unit }) => unit));
    const lookups = UNITS.filter((unit) => units.has(unit)).map((unit) => LOOKUPS[unit]);
    const rows = await this.#query<AssignmentRow & { position: string }>(
      `WITH key AS (
         SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::uuid[], $5::int[])
           WITH ORDINALITY AS key (slug, user_id, team_id, visitor_id, person_id, position)
       ) ${lookups.join(" UNION ALL ")}`,
      [keys.map(({ slug }) => slug), ...idColumns(keys), keys.map(({ personId }) => personId)],
    );
    const found: Assignment[][] = keys.map(() => []);
    for (const row of rows) found[Number(row.position) - 1]?.push(toAssignment(row));
    return found;
  }

  async #insertMany(rows: NewAssignment[]): Promise<(Stored | null)[]> {
    const distinct = [...new Map(rows.map((row) => [keyOf(row), row])).values()].sort(byKey);
    const stored = new Map<string, Stored | null>();
    try {
      for (const assignment of await retryOnce(() => this.#store(distinct)))
        stored.set(keyOf(assignment), assignment);
    } catch (error) {
      if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
      // A subject or an experiment was deleted in the meantime: nobody else's row shall suffer for it.
      for (const row of distinct) stored.set(keyOf(row), await this.#storeAlone(row));
    }
    // Of several callers for one subject one has made the row; the others found it.
    const announced = new Set<string>();
    return rows.map((row) => {
      const key = keyOf(row);
      const assignment = stored.get(key) ?? null;
      if (assignment === null || !announced.has(key)) {
        announced.add(key);
        return assignment;
      }
      return { ...assignment, isNew: false };
    });
  }

  async #storeAlone(row: NewAssignment): Promise<Stored | null> {
    try {
      const [stored] = await retryOnce(() => this.#store([row]));
      return stored ?? null;
    } catch (error) {
      if (sqlState(error) === FOREIGN_KEY_VIOLATION) return null;
      throw error;
    }
  }

  /**
   * What was not returned is read by a second statement, with a snapshot of its own: a statement that inserts
   * and selects at once does not see the row that it lost against.
   */
  async #store(rows: NewAssignment[]): Promise<Stored[]> {
    const inserted = await this.#query<AssignmentRow>(
      `INSERT INTO "ExperimentVariant" AS assignment
         ("experimentSlug", "userId", "teamId", "visitorId", "variant", "assignmentType", "epoch")
       SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::uuid[], $5::text[], $6::"AssignmentType"[], $7::int[])
       ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      [
        rows.map(({ slug }) => slug),
        ...idColumns(rows),
        rows.map(({ variant }) => variant),
        rows.map(({ assignmentType }) => assignmentType.toUpperCase()),
        rows.map(({ epoch }) => epoch),
      ],
    );
    const stored: Stored[] = inserted.map((row) => ({ ...toAssignment(row), isNew: true }));
    if (stored.length === rows.length) return stored;
    const isStored = new Set(stored.map(keyOf));
    const missing = rows.filter((row) => !isStored.has(keyOf(row)));
    const found = await this.#findMany(missing.map((row) => ({ ...row, personId: null })));
    for (const [index, row] of missing.entries()) {
      // A visitor's linked browsers come along; the row of this very browser is the one that was in the way.
      const own = found[index]?.find((assignment) => keyOf(assignment) === keyOf(row));
      if (own !== undefined) stored.push({ ...own, isNew: false });
    }
    return stored;
  }

  #query<Row>(text: string, values: unknown[]): Promise<Row[]> {
    return select<Row>(this.#pool, text, values);
  }
}

export type Stored = Assignment & { isNew: boolean };

interface AssignmentRow {
  id: string;
  slug: string;
  variant: string;
  userId: number | null;
  teamId: number | null;
  visitorId: string | null;
  assignmentType: "DETERMINISTIC" | "RANDOM" | "IMPORTED";
  assignedAt: Date;
  exposedAt: Date | null;
}

const COLUMNS = `assignment."id", assignment."experimentSlug" AS slug, assignment."variant", assignment."userId",
  assignment."teamId", assignment."visitorId", assignment."assignmentType", assignment."assignedAt", assignment."exposedAt"`;

const UNITS = ["user", "team", "visitor"] as const satisfies Unit[];

const LOOKUPS: Record<Unit, string> = {
  user: `SELECT key.position, ${COLUMNS} FROM key JOIN "ExperimentVariant" AS assignment
    ON assignment."experimentSlug" = key.slug AND assignment."userId" = key.user_id`,
  team: `SELECT key.position, ${COLUMNS} FROM key JOIN "ExperimentVariant" AS assignment
    ON assignment."experimentSlug" = key.slug AND assignment."teamId" = key.team_id`,
  visitor: `SELECT key.position, ${COLUMNS} FROM key JOIN "ExperimentVariant" AS assignment
    ON assignment."experimentSlug" = key.slug AND assignment."visitorId" = key.visitor_id
    UNION ALL
    SELECT key.position, ${COLUMNS} FROM key
    LEFT JOIN "VisitorLink" AS own ON own."visitorId" = key.visitor_id
    JOIN "VisitorLink" AS other
      ON other."userId" = coalesce(key.person_id, own."userId") AND other."visitorId" <> key.visitor_id
    JOIN "ExperimentVariant" AS assignment
      ON assignment."experimentSlug" = key.slug AND assignment."visitorId" = other."visitorId"`,
};

function idColumns(keys: { unit: Unit; unitId: string }[]): (string | null)[][] {
  return UNITS.map((column) => keys.map(({ unit, unitId }) => (unit === column ? unitId : null)));
}

function keyOf({ slug, unit, unitId }: { slug: string; unit: Unit; unitId: string }): string {
  return `${slug} ${unit} ${unitId}`;
}

function byKey(a: NewAssignment, b: NewAssignment): number {
  const [first, second] = [keyOf(a), keyOf(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

function toAssignment(row: AssignmentRow): Assignment {
  const [unit, unitId]: [Unit, string] =
    row.userId !== null
      ? ["user", String(row.userId)]
      : row.teamId !== null
        ? ["team", String(row.teamId)]
        : ["visitor", row.visitorId ?? ""];
  return {
    id: row.id,
    slug: row.slug,
    variant: row.variant,
    unit,
    unitId,
    assignmentType: row.assignmentType.toLowerCase() as Assignment["assignmentType"],
    assignedAt: row.assignedAt,
    exposedAt: row.exposedAt,
  };
}
