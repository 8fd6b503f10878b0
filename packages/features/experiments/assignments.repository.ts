import { randomUUID } from "node:crypto";
import { FOREIGN_KEY_VIOLATION } from "@calcom/lib/sql";
import { Coalescer } from "./lib/server/coalescer";
import { execute, type Pool, retryOnce, select, sqlState } from "./lib/server/sql";
import type { AssignmentType, Unit } from "./types";

/** One row of `ExperimentVariant`, as far as deciding needs it. */
export interface Assignment {
  id: string;
  slug: string;
  variant: string;
  unit: Unit;
  unitId: string;
  exposedAt: Date | null;
}

/** One that was there already. */
export interface FoundAssignment extends Assignment {
  assignedAt: Date;
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
  readonly #lookups: Coalescer<AssignmentKey, FoundAssignment[]>;
  readonly #inserts: Coalescer<NewAssignment, Stored | null>;

  constructor(pool: Pool) {
    this.#pool = pool;
    this.#lookups = new Coalescer((keys) => this.#findMany(keys));
    // Two at once keep the database busy. More only make smaller batches, and commits are what costs.
    this.#inserts = new Coalescer((rows) => this.#insertMany(rows), { maxInFlight: 2 });
  }

  /**
   * The rows of each key, in the order of the keys. A visitor has the rows of every browser that is linked
   * to the same person; all others have one at most.
   */
  find(keys: AssignmentKey[]): Promise<FoundAssignment[][]> {
    return this.#lookups.submit(keys);
  }

  /**
   * Makes the rows durable and answers what is stored, which is another request's row where that one was
   * first. Null where the subject or the experiment is gone.
   */
  insert(rows: NewAssignment[]): Promise<(Stored | null)[]> {
    return this.#inserts.submit(rows);
  }

  async #findMany(keys: AssignmentKey[]): Promise<FoundAssignment[][]> {
    const units = new Set(keys.map(({ unit }) => unit));
    const lookups = UNITS.filter((unit) => units.has(unit)).map((unit) => LOOKUPS[unit]);
    const rows = await select<FoundRow>(
      this.#pool,
      `WITH key AS (
         SELECT * FROM unnest($1::text[], $2::int[], $3::int[], $4::uuid[], $5::int[])
           WITH ORDINALITY AS key (slug, user_id, team_id, visitor_id, person_id, position)
       ) ${lookups.join(" UNION ALL ")}`,
      [keys.map(({ slug }) => slug), ...idColumns(keys), keys.map(({ personId }) => personId)],
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
    const keys = rows.map(keyOf);
    const distinct = new Map(rows.map((row, index) => [keys[index] as string, row]));
    // In one order, or two batches could each hold what the other one needs.
    const sorted = [...distinct.keys()].sort().map((key) => distinct.get(key) as NewAssignment);
    let stored: Map<string, Stored>;
    try {
      stored = await retryOnce(() => this.#store(sorted));
    } catch (error) {
      if (sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
      // A subject or an experiment was deleted in the meantime: nobody else's row shall suffer for it.
      stored = new Map();
      for (const row of sorted) for (const [key, own] of await this.#storeAlone(row)) stored.set(key, own);
    }
    // Of several callers for one subject one has made the row; the others found it.
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
   * What is stored of rows that differ in their keys, by key. The ids are ours, so that a count says whether all of them
   * were new; rows to read back would cost a tenth of the whole. Otherwise a second statement reads what is there, with a
   * snapshot of its own: one that inserts and selects at once does not see the rows that it lost against.
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
        ...idColumns(made),
        made.map(({ variant }) => variant),
        made.map(({ assignmentType }) => assignmentType.toUpperCase()),
        made.map(({ epoch }) => epoch),
      ],
    );
    if (inserted === made.length)
      return new Map(made.map((row) => [keyOf(row), { ...row, exposedAt: null, isNew: true }]));
    const found = await this.#findMany(made.map((row) => ({ ...row, personId: null })));
    const stored = new Map<string, Stored>();
    for (const [index, row] of made.entries()) {
      // A visitor's linked browsers come along; the row of this very browser is its own, or the one that was in the way.
      const own = found[index]?.find(({ unitId }) => unitId === row.unitId);
      if (own !== undefined) stored.set(keyOf(row), { ...own, isNew: own.id === row.id });
    }
    return stored;
  }
}

export type Stored = Assignment & { isNew: boolean };

interface FoundRow {
  /** Of the key that it was found by, from 1. */
  position: number;
  id: string;
  variant: string;
  /** Null where the unit is another: it is the key's own then. */
  visitorId: string | null;
  assignedAt: Date;
  exposedAt: Date | null;
}

// Only what the key does not tell: a column costs as much on its way as the search for the row.
const FOUND = `key.position::int, assignment."id", assignment."variant", assignment."visitorId",
  assignment."assignedAt", assignment."exposedAt"`;

const UNITS = ["user", "team", "visitor"] as const satisfies Unit[];

const LOOKUPS: Record<Unit, string> = {
  user: `SELECT ${FOUND} FROM key JOIN "ExperimentVariant" AS assignment
    ON assignment."experimentSlug" = key.slug AND assignment."userId" = key.user_id`,
  team: `SELECT ${FOUND} FROM key JOIN "ExperimentVariant" AS assignment
    ON assignment."experimentSlug" = key.slug AND assignment."teamId" = key.team_id`,
  visitor: `SELECT ${FOUND} FROM key JOIN "ExperimentVariant" AS assignment
    ON assignment."experimentSlug" = key.slug AND assignment."visitorId" = key.visitor_id
    UNION ALL
    SELECT ${FOUND} FROM key
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
