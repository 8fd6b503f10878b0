import { DAY_MS } from "@calcom/lib/time";
import { queryRowsLong, readLong } from "../../sql/long-statement";
import { inTransaction, type Pool } from "../../sql/runner";
import type { Unit } from "../../types/settings";
import { type AllRows, countRecent, type ExperimentCounts, foldCounts } from "../fold-counts";
import { buildCountsSql, buildRowsSql } from "./counts-sql";
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

  /** Counts the same, together with all rows, in the time and the memory that a recount has. */
  async take(slug: string, question: CountsQuestion): Promise<CountedRows> {
    const { text, values } = buildCounts(slug, question);
    const statement = `${text},\n    ${buildRowsSql("$4::date")}`;
    // Each day has its own question, as recounts have.
    const plan = (asOf: Date) => ({ statement, parameters: [...values, findDayBefore(asOf)] });
    const isOver = question.endedAt !== null;
    if (isOver) await this.#folds?.forget(slug, "counts");
    const { unit } = question;
    return this.#folds === null || isOver
      ? this.#countAll(plan)
      : this.#folds.count<AllRows>({ slug, kind: "counts", unit, plan, fold: foldCounts });
  }

  #countAll(plan: (asOf: Date) => { statement: string; parameters: unknown[] }): Promise<CountedRows> {
    return inTransaction(
      this.#replica,
      async (transaction) => {
        const asOf = await readAsOf(transaction);
        const { statement, parameters } = plan(asOf);
        const [counted] = await queryRowsLong<AllRows>(transaction, statement, parameters, RECOUNT_MS);
        return { asOf, counted: counted as AllRows };
      },
      BEGIN_RECOUNT,
    );
  }
}

/** What is stored of what was counted. */
export function toTaken({ asOf, counted }: CountedRows): TakenCounts {
  const { assignments, recent, ...counts } = counted;
  return { asOf, assignments, recentExposures: countRecent(recent, asOf), counts };
}

function findDayBefore(asOf: Date): string {
  return new Date(asOf.getTime() - DAY_MS).toISOString().slice(0, 10);
}

function buildCounts(slug: string, { unit, windowDays, endedAt }: CountsQuestion) {
  return { text: buildCountsSql(unit), values: [slug, windowDays * 24, endedAt] };
}
