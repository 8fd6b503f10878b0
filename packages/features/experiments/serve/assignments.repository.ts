import { randomUUID } from "node:crypto";
import { CoalescedWrites, patienceSql, type WriteOptions } from "../sql/coalesced-writes";
import { Coalescer } from "../sql/coalescer";
import { executeOften, queryRowsOften } from "../sql/named-statements";
import type { Pool } from "../sql/runner";
import type { HostId } from "../types/host-id";
import type { AssignmentType, Unit } from "../types/settings";
import { BROWSERS_OF_OTHERS, type FoundRow, LOOKUPS, MANY_KEYS, UNITS } from "./assignments-sql";

/** The columns of `ExperimentVariant` that deciding needs. */
export interface Assignment {
  id: string;
  slug: string;
  variant: string;
  unit: Unit;
  unitId: string;
  exposedAt: Date | null;
  /** Until its visitor's cookie has come back. Says nothing once it was exposed. */
  isProvisional: boolean;
  /** It keeps what a flag had given. */
  isImported: boolean;
}

/** A row that existed already. */
export interface FoundAssignment extends Assignment, Pick<FoundRow, "assignedAt" | "ownerId" | "isSettled"> {}

export interface AssignmentKey {
  slug: string;
  unit: Unit;
  unitId: string;
  /** The person who is signed in behind a visitor, if any. */
  personId: HostId | null;
}

export interface NewAssignment {
  slug: string;
  unit: Unit;
  unitId: string;
  variant: string;
  assignmentType: AssignmentType;
  epoch: number;
  isProvisional: boolean;
}

/** Reads and writes assignments. Concurrent callers share statements. */
export class AssignmentsRepository {
  readonly #pool: Pool;
  readonly #lookups: Coalescer<AssignmentKey, FoundAssignment[] | null>;
  readonly #inserts: CoalescedWrites<NewAssignment, Stored>;

  constructor(pool: Pool, options?: WriteOptions) {
    this.#pool = pool;
    this.#lookups = new Coalescer((keys) => this.#findMany(keys));
    this.#inserts = new CoalescedWrites<NewAssignment, Stored>(
      {
        keyOf: buildRowKey,
        write: (rows, patienceMs) => this.#store(rows, patienceMs),
        // If several callers asked for one subject, only the first of them made the row.
        repeat: (stored) => ({ ...stored, isNew: false }),
      },
      options,
    );
  }

  /**
   * Finds the rows of each key, in the order of the keys. A visitor has the rows of every browser that is linked to the
   * same person; other subjects have one row at most. Null where the browser is linked to somebody else than the person
   * who is signed in.
   */
  find(keys: AssignmentKey[]): Promise<(FoundAssignment[] | null)[]> {
    return this.#lookups.submit(keys);
  }

  /**
   * Makes the rows durable and returns what is stored; if another request came first, that is its row. Null if the
   * subject or the experiment was deleted.
   */
  insert(rows: NewAssignment[]): Promise<(Stored | null)[]> {
    return this.#inserts.submit(rows);
  }

  async #findMany(keys: AssignmentKey[]): Promise<(FoundAssignment[] | null)[]> {
    const areOfMany = findSubjectsOfMany(keys);
    const rows = await queryRowsOften<FoundRow | OfOthers>(
      this.#pool,
      `WITH key AS (
         SELECT * FROM unnest($1::text[], $2::experiment_user_id[], $3::experiment_team_id[], $4::uuid[], $5::experiment_user_id[], $6::bool[])
           WITH ORDINALITY AS key (slug, user_id, team_id, visitor_id, person_id, is_of_many, position)
       ) ${chooseLookups(keys, areOfMany).join(" UNION ALL ")}`,
      [keys.map(({ slug }) => slug), ...splitIds(keys), keys.map(({ personId }) => personId), areOfMany],
    );
    const found: (FoundAssignment[] | null)[] = keys.map(() => []);
    for (const row of rows) if (row.id === null) found[row.position - 1] = null;
    for (const row of rows) {
      if (row.id === null) continue;
      const { position, visitorId, ...stored } = row;
      const { slug, unit, unitId } = keys[position - 1] as AssignmentKey;
      found[position - 1]?.push({ ...stored, slug, unit, unitId: visitorId ?? unitId });
    }
    return found;
  }

  /**
   * Stores rows with distinct keys and returns what is stored, by key.
   *
   * The ids are made here, so that the number of inserted rows tells whether all of them were new; returning the rows
   * would cost a tenth of the whole. Otherwise a second statement reads what is there. It needs a snapshot of its own:
   * a statement that inserts and selects at once does not see the rows it lost against.
   */
  async #store(rows: NewAssignment[], patienceMs: number): Promise<Map<string, Stored>> {
    const made = rows.map((row) => ({ ...row, id: randomUUID() }));
    const inserted = await executeOften(
      this.#pool,
      `WITH ${patienceSql("$10")}
       INSERT INTO "ExperimentVariant"
         ("id", "experimentSlug", "userId", "teamId", "visitorId", "variant", "assignmentType", "epoch", "isProvisional")
       SELECT made.* FROM patience CROSS JOIN unnest(
         $1::uuid[], $2::text[], $3::experiment_user_id[], $4::experiment_team_id[], $5::uuid[], $6::text[], $7::"AssignmentType"[], $8::int[], $9::bool[]
       ) AS made
       ON CONFLICT DO NOTHING`,
      [
        made.map(({ id }) => id),
        made.map(({ slug }) => slug),
        ...splitIds(made),
        made.map(({ variant }) => variant),
        made.map(({ assignmentType }) => assignmentType.toUpperCase()),
        made.map(({ epoch }) => epoch),
        made.map(({ isProvisional }) => isProvisional),
        patienceMs,
      ],
    );
    if (inserted === made.length)
      return new Map(
        made.map((row) => [buildRowKey(row), { ...row, exposedAt: null, isImported: false, isNew: true }]),
      );
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

/** Says that the browser of a key is somebody else's. */
type OfOthers = Pick<FoundRow, "position"> & { id: null };

export type Stored = Assignment & { isNew: boolean };

/** Says of each key whether its subject asks for many experiments. */
function findSubjectsOfMany(keys: AssignmentKey[]): boolean[] {
  const subjects = keys.map(({ unit, unitId, personId }) => `${unit} ${unitId} ${personId}`);
  const counts = new Map<string, number>();
  for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  return subjects.map((subject) => (counts.get(subject) ?? 0) >= MANY_KEYS);
}

/** Only those that these keys need, in one order. */
function chooseLookups(keys: AssignmentKey[], areOfMany: boolean[]): string[] {
  const needed = new Set(keys.map(({ unit }, index) => LOOKUPS[unit][areOfMany[index] ? "many" : "few"]));
  const lookups = UNITS.flatMap((unit) => [LOOKUPS[unit].few, LOOKUPS[unit].many]).filter((text) =>
    needed.has(text),
  );
  const isOfPerson = keys.some(({ unit, personId }) => unit === "visitor" && personId !== null);
  return isOfPerson ? [...lookups, BROWSERS_OF_OTHERS] : lookups;
}

function splitIds(keys: { unit: Unit; unitId: string }[]): (string | null)[][] {
  return UNITS.map((column) => keys.map(({ unit, unitId }) => (unit === column ? unitId : null)));
}

function buildRowKey({ slug, unit, unitId }: { slug: string; unit: Unit; unitId: string }): string {
  return `${slug} ${unit} ${unitId}`;
}
