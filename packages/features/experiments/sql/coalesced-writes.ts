import { FOREIGN_KEY_VIOLATION, LOCK_NOT_AVAILABLE, sqlState } from "@calcom/lib/sql";
import { Coalescer, type CoalescerOptions } from "./coalescer";
import { retryOnce } from "./runner";

/** Of a row that has to see what another one of the same statement has written: it is written after that one. */
export const WRITE_AGAIN = Symbol("write again");

export interface WriteParts<Row, Written> {
  /** Rows with equal keys are written once, by the first of their callers. */
  keyOf(row: Row): string;
  /**
   * Writes rows with distinct keys, in the order of the keys, and returns what was written by key; `WRITE_AGAIN` for what
   * has to be written after the others. It waits for a lock as long as `patienceMs` at most.
   */
  write(rows: Row[], patienceMs: number): Promise<ReadonlyMap<string, Written | typeof WRITE_AGAIN>>;
  /** What the further callers of a row are told; `WRITE_AGAIN` to write theirs after the first. */
  repeat(written: Written): Written | null | typeof WRITE_AGAIN;
}

export interface WriteOptions extends CoalescerOptions {
  /** The longest that rows which are written together wait for a lock. */
  patienceMs?: number;
}

/** Longer than the commit of another batch takes, and well within the time that a decision has. */
const PATIENCE_MS = 50;
/** How many rows are written alone at a time: whatever they wait for, most connections are left to others. */
const ALONE_IN_FLIGHT = 4;
/** So long a row that is written alone waits for a lock: held for longer, as by a deletion, it fails and is sent again. */
const ALONE_PATIENCE_MS = 500;

/**
 * Writes the rows of concurrent callers by one statement, and tells each caller of its own. Rows are sorted, or two
 * statements could each hold a row that the other one needs. Where one row fails the statement, because what it belongs
 * to is gone or somebody holds it, each is written again by itself: the others neither fail nor wait with it.
 */
export class CoalescedWrites<Row, Written> {
  readonly #parts: WriteParts<Row, Written>;
  readonly #patienceMs: number;
  readonly #together: Coalescer<Row, Written | null | typeof WRITE_AGAIN>;
  readonly #alone: Coalescer<Row, Written | null>;

  constructor(parts: WriteParts<Row, Written>, { patienceMs, ...options }: WriteOptions = {}) {
    this.#parts = parts;
    this.#patienceMs = patienceMs ?? PATIENCE_MS;
    // Two batches at a time keep the database busy. More would only make the batches smaller, and the commits are what
    // costs.
    this.#together = new Coalescer((rows) => this.#writeTogether(rows), { maxInFlight: 2, ...options });
    this.#alone = new Coalescer((rows) => this.#writeAlone(rows), {
      maxBatch: 1,
      maxInFlight: ALONE_IN_FLIGHT,
    });
  }

  /** Answers in the order of the rows; null of what was not written. */
  async submit(rows: readonly Row[]): Promise<(Written | null)[]> {
    const written = await this.#together.submit(rows);
    return Promise.all(
      written.map(async (one, index) => {
        if (one !== WRITE_AGAIN) return one;
        const [alone = null] = await this.#alone.submit([rows[index] as Row]);
        return alone;
      }),
    );
  }

  async #writeTogether(rows: Row[]): Promise<(Written | null | typeof WRITE_AGAIN)[]> {
    const keys = rows.map((row) => this.#parts.keyOf(row));
    const distinct = new Map<string, Row>();
    for (const [index, key] of keys.entries()) if (!distinct.has(key)) distinct.set(key, rows[index] as Row);
    const sorted = [...distinct.keys()].sort().map((key) => distinct.get(key) as Row);
    let written: ReadonlyMap<string, Written | typeof WRITE_AGAIN>;
    try {
      written = await retryOnce(() => this.#parts.write(sorted, this.#patienceMs));
    } catch (error) {
      if (!isOfOneRow(error)) throw error;
      return rows.map(() => WRITE_AGAIN);
    }
    const told = new Set<string>();
    return keys.map((key) => {
      const one = written.get(key) ?? null;
      if (one === null || one === WRITE_AGAIN) return one;
      if (told.has(key)) return this.#parts.repeat(one);
      told.add(key);
      return one;
    });
  }

  /** Null where what the row belongs to is gone. */
  async #writeAlone(rows: Row[]): Promise<(Written | null)[]> {
    try {
      const written = await retryOnce(() => this.#parts.write(rows, ALONE_PATIENCE_MS));
      return rows.map((row) => {
        const one = written.get(this.#parts.keyOf(row)) ?? null;
        // There is no other one.
        return one === WRITE_AGAIN ? null : one;
      });
    } catch (error) {
      if (sqlState(error) === FOREIGN_KEY_VIOLATION) return rows.map(() => null);
      throw error;
    }
  }
}

/** Whether one row can have failed all of them. */
function isOfOneRow(error: unknown): boolean {
  const state = sqlState(error);
  return state === FOREIGN_KEY_VIOLATION || state === LOCK_NOT_AVAILABLE || state?.startsWith("22") === true;
}

/** How a statement that writes keeps to its patience: join it to what the statement writes, and select nothing of it. */
export function patienceSql(parameter: string): string {
  return `patience AS MATERIALIZED (SELECT set_config('lock_timeout', ${parameter}::int::text, true))`;
}
