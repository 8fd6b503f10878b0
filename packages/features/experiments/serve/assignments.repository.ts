import { randomUUID } from "node:crypto";
import { FOREIGN_KEY_VIOLATION, sqlState } from "@calcom/lib/sql";
import { Coalescer } from "../sql/coalescer";
import { execute, type Pool, queryRows, retryOnce } from "../sql/runner";
import type { AssignmentType, Unit } from "../types/settings";

/** The columns of `ExperimentVariant` that deciding needs. */
export interface Assignment {
  id: string;
  slug: string;
  variant: string;
  unit: Unit;
  unitId: string;
  exposedAt: Date | null;
}

/** A row that existed already. */
export interface FoundAssignment extends Assignment {
  assignedAt: Date;
}

export interface AssignmentKey {
  slug: string;
  unit: Unit;
  unitId: string;
  /** The person who is signed in behind a visitor, if any. */
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

/** Reads and writes assignments. Concurrent callers share statements. */
export class AssignmentsRepository {
  readonly #pool: Pool;
  readonly #lookups: Coalescer<AssignmentKey, FoundAssignment[]>;
  readonly #inserts: Coalescer<NewAssignment, Stored | null>;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#lookups = new Coalescer((keys) => this.#findMany(keys));
    // Two batches at a time keep the database busy. More would only make the batches smaller, and the commits are what
    // costs.
    this.#inserts = new Coalescer((rows) => this.#insertMany(rows), { maxInFlight: 2 });
  }

  /**
   * Finds the rows of each key, in the order of the keys. A visitor has the rows of every browser that is linked to the
   * same person; other subjects have one row at most.
   */
  find(keys: AssignmentKey[]): Promise<FoundAssignment[][]> {
    return this.#lookups.submit(keys);
  }

  /**
   * Makes the rows durable and returns what is stored; if another request came first, that is its row. Null if the
   * subject or the experiment was deleted.
   */
  insert(rows: NewAssignment[]): Promise<(Stored | null)[]> {
    return this.#inserts.submit(rows);
  }

  async #findMany(keys: AssignmentKey[]): Promise<FoundAssignment[][]> {
    const units = new Set(keys.map(({ unit }) => unit));
    const lookups = UNITS.filter((unit) => units.has(unit)).map((unit) => LOOKUPS[unit]);
    const rows = await queryRows<FoundRow>(
      this.#pool,
      `WITH key AS (
         SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::uuid[], $5::int[])
           WITH ORDINALITY AS key (slug, user_id, team_id, visitor_id, person_id, position)
       ) ${lookups.join(" UNION ALL ")}`,
      [keys.map(({ slug }) => slug), ...splitIds(keys), keys.map(({ personId }) => personId)],
    );
    const found: FoundAssignment[][] = keys.map(() => []);
    for (const { position, id, variant, visitorId, assignedAt, exposedAt } of rows) {
      const index = position - 1;
      const { slug, unit, unitId } = keys[index] as AssignmentKey;
      found[index]?.push({ id, slug, variant, unit, unitId: visitorId ?? unitId, assignedAt, exposedAt });
    }
    return found;
  }

  async #insertMany(rows: NewAssignment[]): Promise<(Stored | null)[]> {
    const keys = rows.map(buildRowKey);
    const distinct = new Map(rows.map((row, index) => [keys[index] as string, row]));
    // Sorted, or two batches could each hold a row that the other one needs.
    const sorted = [...distinct.keys()].sort().map((key) => distinct.get(key) as NewAssignment);
    let stored: Map<string, Stored>;
    try {
      stored = await retryOnce(() => this.#store(sorted));
    } catch (error) {
      if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
      // A subject or an experiment was deleted in the meantime. Store the rows one by one, so that the other callers
      // keep theirs.
      stored = new Map();
      for (const row of sorted) for (const [key, own] of await this.#storeAlone(row)) stored.set(key, own);
    }
    // If several callers asked for one subject, only the first of them made the row.
    const announced = new Set<string>();
    return keys.map((key) => {
      const assignment = stored.get(key) ?? null;
      if (assignment === null || !announced.has(key)) {
        announced.add(key);
        return assignment;
      }
      return { ...assignment, isNew: false };
    });
  }

  async #storeAlone(row: NewAssignment): Promise<Map<string, Stored>> {
    try {
      return await retryOnce(() => this.#store([row]));
    } catch (error) {
      if (sqlState(error) === FOREIGN_KEY_VIOLATION) return new Map();
      throw error;
    }
  }

  /**
   * Stores rows with distinct keys and returns what is stored, by key.
   *
   * The ids are made here, so that the number of inserted rows tells whether all of them were new; returning the rows
   * would cost a tenth of the whole. Otherwise a second statement reads what is there. It needs a snapshot of its own:
   * a statement that inserts and selects at once does not see the rows it lost against.
   */
  async #store(rows: NewAssignment[]): Promise<Map<string, Stored>> {
    const made = rows.map((row) => ({ ...row, id: randomUUID() }));
    const inserted = await execute(
      this.#pool,
      `INSERT INTO "ExperimentVariant"
         ("id", "experimentSlug", "userId", "teamId", "visitorId", "variant", "assignmentType", "epoch")
       SELECT * FROM unnest(
         $1::uuid[], $2::text[], $3::int[], $4::int[], $5::uuid[], $6::text[], $7::"AssignmentType"[], $8::int[]
       )
       ON CONFLICT DO NOTHING`,
      [
        made.map(({ id }) => id),
        made.map(({ slug }) => slug),
        ...splitIds(made),
        made.map(({ variant }) => variant),
        made.map(({ assignmentType }) => assignmentType.toUpperCase()),
        made.map(({ epoch }) => epoch),
      ],
    );
    if (inserted === made.length)
      return new Map(made.map((row) => [buildRowKey(row), { ...row, exposedAt: null, isNew: true }]));
    const found = await this.#findMany(made.map((row) => ({ ...row, personId: null })));
    const stored = new Map<string, Stored>();
    for (const [index, row] of made.entries()) {
      // The lookup also returns the rows of linked browsers. Take that of this browser: the new one, or the one that
      // was in its way.
      const own = found[index]?.find(({ unitId }) => unitId === row.unitId);
      if (own !== undefined) stored.set(buildRowKey(row), { ...own, isNew: own.id === row.id });
    }
    return stored;
  }
}

export type Stored = Assignment & { isNew: boolean };

interface FoundRow {
  /** The position, from 1, of the key that found it. */
  position: number;
  id: string;
  variant: string;
  /** Null for other units: the id is that of the key. */
  visitorId: string | null;
  assignedAt: Date;
  exposedAt: Date | null;
}

// Only what the key does not tell: reading a column costs as much as finding the row.
const FOUND = `key.position::int, assignment."id", assignment."variant", assignment."visitorId",
  assignment."assignedAt", assignment."exposedAt"`;

const UNITS = ["user", "team", "visitor"] as const satisfies Unit[];

const ROW = `SELECT "id", "experimentSlug", "variant", "visitorId", "assignedAt", "exposedAt" FROM "ExperimentVariant"`;

/**
 * Each LATERAL is one look into an index, whatever the planner believes of the table: a join that it may turn round
 * reads the rows of everybody. A person's other browsers are looked up once, however many experiments are asked for.
 */
const LOOKUPS: Record<Unit, string> = {
  user: `SELECT ${FOUND} FROM key
    CROSS JOIN LATERAL (${ROW} WHERE "userId" = key.user_id AND "experimentSlug" = key.slug LIMIT 1) AS assignment`,
  team: `SELECT ${FOUND} FROM key
    CROSS JOIN LATERAL (${ROW} WHERE "teamId" = key.team_id AND "experimentSlug" = key.slug LIMIT 1) AS assignment`,
  visitor: `SELECT ${FOUND} FROM key
    CROSS JOIN LATERAL (${ROW} WHERE "visitorId" = key.visitor_id AND "experimentSlug" = key.slug LIMIT 1) AS assignment
    UNION ALL
    SELECT ${FOUND} FROM (
      SELECT asking.*, other."visitorId" AS other_id
      FROM (SELECT DISTINCT visitor_id, person_id FROM key WHERE visitor_id IS NOT NULL) AS asking
      LEFT JOIN LATERAL (
        SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = asking.visitor_id LIMIT 1
      ) AS own ON true
      CROSS JOIN LATERAL (
        SELECT "visitorId" FROM "VisitorLink"
        WHERE "userId" = coalesce(asking.person_id, own."userId") AND "visitorId" <> asking.visitor_id OFFSET 0
      ) AS other
    ) AS browser
    CROSS JOIN LATERAL (${ROW} WHERE "visitorId" = browser.other_id OFFSET 0) AS assignment
    JOIN key ON key.slug = assignment."experimentSlug" AND key.visitor_id = browser.visitor_id
      AND key.person_id IS NOT DISTINCT FROM browser.person_id`,
};

function splitIds(keys: { unit: Unit; unitId: string }[]): (string | null)[][] {
  return UNITS.map((column) => keys.map(({ unit, unitId }) => (unit === column ? unitId : null)));
}

function buildRowKey({ slug, unit, unitId }: { slug: string; unit: Unit; unitId: string }): string {
  return `${slug} ${unit} ${unitId}`;
}
