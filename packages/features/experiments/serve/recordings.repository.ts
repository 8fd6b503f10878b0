import type { Json } from "@calcom/lib/json";
import { CoalescedWrites, type WriteOptions } from "../sql/coalesced-writes";
import { queryRowsNow } from "../sql/named-statements";
import type { Pool } from "../sql/runner";
import { CONVERT, EXPOSE } from "./recordings-sql";

export interface Exposure {
  assignmentId: string;
  /** By this process's monotonic clock: waiting for a busy database does not change when it was seen. */
  seenAt: number;
  /** The facts to freeze into the row. */
  facts: Record<string, Json>;
}

export interface Conversion {
  assignmentId: string;
  event: string;
  key: string;
  ageMs: number;
  /** A decimal number as text, exact to six places. */
  value: string | null;
}

/** Writes exposures and conversions. Concurrent callers share statements. */
export class RecordingsRepository {
  readonly #pool: Pool;
  readonly #exposures: CoalescedWrites<Exposure, string>;
  readonly #conversions: CoalescedWrites<Arrived, string>;

  constructor(pool: Pool, options?: WriteOptions) {
    this.#pool = pool;
    this.#exposures = new CoalescedWrites<Exposure, string>(
      {
        keyOf: ({ assignmentId }) => assignmentId,
        write: (exposures, patienceMs) => this.#exposeMany(exposures, patienceMs),
        repeat: () => null,
      },
      options,
    );
    this.#conversions = new CoalescedWrites<Arrived, string>(
      {
        keyOf: nameConversion,
        write: (conversions, patienceMs) => this.#convertMany(conversions, patienceMs),
        repeat: () => null,
      },
      options,
    );
  }

  /**
   * Marks rows as seen for the first time and returns the ids of those that were. Later calls change nothing, and of
   * several at the same time one is told so.
   */
  async expose(exposures: Exposure[]): Promise<string[]> {
    const ids = await this.#exposures.submit(exposures);
    return ids.filter((id) => id !== null);
  }

  /**
   * Stores conversions and returns, in their order, which were new. A key that is known already is not counted again. One
   * that was kept over an outage is never older than the exposure: what happened before that would not count. One whose
   * assignment is gone is dropped.
   */
  async convert(conversions: Conversion[]): Promise<boolean[]> {
    const arrivedAt = performance.now();
    const stored = await this.#conversions.submit(conversions.map((one) => ({ ...one, arrivedAt })));
    return stored.map((key) => key !== null);
  }

  async #exposeMany(exposures: Exposure[], patienceMs: number): Promise<Map<string, string>> {
    const rows = await queryRowsNow<{ id: string }>(this.#pool, EXPOSE, (now) => [
      exposures.map(({ assignmentId }) => assignmentId),
      exposures.map(({ seenAt }) => now - seenAt),
      exposures.map(({ facts }) => JSON.stringify(facts)),
      patienceMs,
    ]);
    return new Map(rows.map(({ id }) => [id, id]));
  }

  async #convertMany(conversions: Arrived[], patienceMs: number): Promise<Map<string, string>> {
    const rows = await queryRowsNow<Pick<Conversion, "assignmentId" | "event" | "key">>(
      this.#pool,
      CONVERT,
      (now) => [
        conversions.map(({ assignmentId }) => assignmentId),
        conversions.map(({ event }) => event),
        conversions.map(({ key }) => key),
        conversions.map(({ value }) => value),
        conversions.map(({ ageMs }) => ageMs),
        conversions.map(({ arrivedAt }) => now - arrivedAt),
        patienceMs,
      ],
    );
    return new Map(rows.map((row) => [nameConversion(row), row.key]));
  }
}

/** A conversion, and when it was reported, by this process's monotonic clock. */
type Arrived = Conversion & { arrivedAt: number };

/** No part of it can hold a NUL. */
function nameConversion({
  assignmentId,
  event,
  key,
}: Pick<Conversion, "assignmentId" | "event" | "key">): string {
  return [assignmentId, event, key].join("\0");
}
