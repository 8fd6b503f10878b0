import type { AssignmentKey, FoundAssignment } from "../../serve/assignments.repository";
import type { Unit } from "../../types/settings";

interface Row {
  id: string;
  slug: string;
  unit: Unit;
  /** Null once it was erased. */
  unitId: string | null;
  assignedAt: number;
  exposedAt: number | null;
  isCommitted: boolean;
}

/** So long a statement may take. */
const STATEMENT_MS = 4_000;

/**
 * What the database holds and announces, and what a lookup finds in it: in as few lines as possible, so that a reader
 * believes it. Its triggers and its statements themselves are held to the same histories by an integration test.
 */
export class MemoryWorld {
  now = 1_000_000;
  readonly #announced: ((name: string) => void)[] = [];
  readonly #links = new Map<string, number>();
  #rows: Row[] = [];
  #count = 0;

  listen(hear: (name: string) => void): void {
    this.#announced.push(hear);
  }

  /** As the statements of `assignments-sql.ts`. */
  lookUp({ slug, unit, unitId, personId }: AssignmentKey): FoundAssignment[] {
    const ownerId = unit === "visitor" ? (personId ?? this.#links.get(unitId) ?? null) : null;
    const browsers = [...this.#links].filter(([, person]) => person === ownerId).map(([visitor]) => visitor);
    const ids = unit === "visitor" && ownerId !== null ? [unitId, ...browsers] : [unitId];
    return this.#rows
      .filter(
        (row) => row.isCommitted && row.slug === slug && row.unit === unit && ids.includes(row.unitId ?? ""),
      )
      .map(({ id, exposedAt, assignedAt, unitId: found }) => ({
        id,
        slug,
        unit,
        unitId: found as string,
        variant: "control",
        assignedAt: new Date(assignedAt),
        exposedAt: exposedAt === null ? null : new Date(exposedAt),
        isProvisional: false,
        isImported: false,
        ownerId,
        isSettled: ownerId === null || (exposedAt !== null && exposedAt < this.now - 10_000),
      }));
  }

  /** A row whose transaction has begun; null where there is one. */
  insert({ slug, unit, unitId }: AssignmentKey): Row | null {
    if (this.#rows.some((row) => row.slug === slug && row.unit === unit && row.unitId === unitId))
      return null;
    this.#count++;
    const row = {
      // Not in the order of time, as random ids are not.
      id: `${(this.#count * 7_919) % 1_009}-${this.#count}`,
      slug,
      unit,
      unitId,
      assignedAt: this.now,
      exposedAt: null,
      isCommitted: false,
    };
    this.#rows.push(row);
    return row;
  }

  /** A statement that takes too long is given up. */
  commit(row: Row): void {
    if (this.now - row.assignedAt <= STATEMENT_MS) row.isCommitted = true;
    else if (!row.isCommitted) this.#rows = this.#rows.filter((one) => one !== row);
  }

  expose(id: string, ageMs: number): void {
    const row = this.#rows.find((one) => one.id === id && one.isCommitted);
    if (row && row.exposedAt === null) row.exposedAt = Math.max(row.assignedAt, this.now - ageMs);
  }

  link(visitor: string, person: number): void {
    if (this.#links.has(visitor)) return;
    this.#links.set(visitor, person);
    this.#announce([`visitor ${visitor}`, `person ${person}`]);
  }

  /** As withdrawing consent does. */
  forgetVisitor(visitor: string): void {
    this.#unlink(visitor);
    this.#erase("visitor", visitor);
  }

  /** As the triggers and foreign keys of `User` do. */
  eraseUser(person: number): void {
    for (const [visitor, linked] of [...this.#links]) if (linked === person) this.forgetVisitor(visitor);
    this.#erase("user", String(person));
  }

  deleteRows(slug: string): void {
    const gone = this.#rows.filter((row) => row.slug === slug && row.isCommitted);
    this.#rows = this.#rows.filter((row) => !gone.includes(row));
    if (gone.some(({ exposedAt }) => exposedAt !== null)) this.#announce([`experiment ${slug}`]);
  }

  #unlink(visitor: string): void {
    const person = this.#links.get(visitor);
    if (person === undefined) return;
    this.#links.delete(visitor);
    this.#announce([`visitor ${visitor}`, `person ${person}`]);
  }

  #erase(unit: Unit, unitId: string): void {
    const theirs = this.#rows.filter((row) => row.unit === unit && row.unitId === unitId && row.isCommitted);
    for (const row of theirs) row.unitId = null;
    if (theirs.some(({ exposedAt }) => exposedAt !== null)) this.#announce([`${unit} ${unitId}`]);
  }

  #announce(names: string[]): void {
    for (const hear of this.#announced) for (const name of names) hear(name);
  }
}
