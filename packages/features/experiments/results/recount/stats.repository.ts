import { queryRowsLong, readLong } from "../../sql/long-statement";
import { inTransaction, type Pool, type SqlRunner } from "../../sql/runner";
import type { Unit } from "../../types/settings";
import { type AllRows, type ExperimentCounts, foldCounts } from "../fold-counts";
import { ASSIGNMENTS, buildCountsSql } from "./counts-sql";
import { IS_RECENT } from "./few-rows-sql";
import type { FoldRepository } from "./fold.repository";
import { BEGIN_RECOUNT, RECOUNT_MS, readAsOf } from "./recount.repository";

export type { ExperimentCounts, VariantCount } from "../fold-counts";

/** What was counted, and the time up to which the data were complete. */
export interface CountedRows {
  asOf: Date;
  counted: AllRows;
}

/** All that is stored of a count. */
export interface TakenCounts {
  asOf: Date;
  assignments: number;
  recentExposures: number;
  counts: ExperimentCounts;
}

export interface CountsQuestion {
  unit: Unit;
  windowDays: number;
  endedAt: string | null;
}

/** Counts what was recorded. It agrees with the recount of results on who is a subject. */
export class StatsRepository {
  readonly #pool: Pool;
  readonly #replica: Pool;

  /** What is stored is counted on the replica, if there is one. */
  readonly #folds: FoldRepository | null;

  /** What is stored is counted on the replica, if there is one; otherwise only what is new, by `folds`. */
  constructor(pool: Pool, replica = pool, folds: FoldRepository | null = null) {
    this.#pool = pool;
    this.#replica = replica;
    this.#folds = folds;
  }

  /**
   * Counts subjects per variant. A person is counted once, by the earliest exposure over all browsers, whatever the
   * others saw. A conversion in any of the browsers counts, from the first exposure until the window closes or the
   * experiment ends.
   */
  async count(slug: string, question: CountsQuestion): Promise<ExperimentCounts> {
    const { text, values } = buildCounts(slug, question);
    const [counts] = await readLong<ExperimentCounts>(this.#pool, text, values);
    return counts ?? { variants: [], imported: 0, mixed: 0 };
  }

  /** Counts the same for storing, together with all rows, in the time and the memory that a recount has. */
  async take(slug: string, question: CountsQuestion): Promise<TakenCounts> {
    const { text, values } = buildCounts(slug, question);
    const statement = `${text}, ${ASSIGNMENTS}`;
    const isOver = question.endedAt !== null;
    if (isOver) await this.#folds?.forget(slug, "counts");
    if (this.#folds === null || isOver)
      return inTransaction(
        this.#replica,
        async (transaction) => {
          const asOf = await readAsOf(transaction);
          const [counted] = await queryRowsLong<AllRows>(transaction, statement, values, RECOUNT_MS);
          return toTaken({ asOf, counted: counted as AllRows }, await countRecent(transaction, slug));
        },
        BEGIN_RECOUNT,
      );
    const rows = await this.#folds.count<AllRows>({
      slug,
      kind: "counts",
      unit: question.unit,
      plan: () => ({ statement, parameters: values }),
      fold: foldCounts,
    });
    return this.complete(slug, rows);
  }

  /** What is stored of rows that were counted on the primary. */
  async complete(slug: string, rows: CountedRows): Promise<TakenCounts> {
    return toTaken(rows, await countRecent(this.#pool, slug));
  }
}

function toTaken({ asOf, counted }: CountedRows, recentExposures: number): TakenCounts {
  const { assignments, ...counts } = counted;
  return { asOf, assignments, recentExposures, counts };
}

/** By an index of when they were: it reads a day of them. */
async function countRecent(runner: SqlRunner, slug: string): Promise<number> {
  const [recent] = await queryRowsLong<{ n: number }>(
    runner,
    `SELECT count(*)::int AS n FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND ${IS_RECENT}`,
    [slug],
    RECOUNT_MS,
  );
  return recent?.n ?? 0;
}

function buildCounts(slug: string, { unit, windowDays, endedAt }: CountsQuestion) {
  return { text: buildCountsSql(unit), values: [slug, windowDays * 24, endedAt] };
}
