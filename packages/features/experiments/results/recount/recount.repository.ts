import type pg from "pg";
import { queryRowsLong } from "../../sql/long-statement";
import { inTransaction, type Pool, queryRows, type SqlRunner } from "../../sql/runner";
import type { DigestRow } from "../digest-row";
import type { Recount } from "../recount-rows";
import type { RecountRun } from "../types";
import { DIGEST_SQL, KEYED_DIGEST_SQL } from "./digest-sql";
import { buildOutcomesSql, type OutcomeRow } from "./outcomes-sql";
import type { RecountQuestion } from "./recount-sql";
import { HAS_MORE_SQL, SAMPLE_SQL } from "./sample-sql";

/** A large experiment takes longer than any page would wait, so it is counted in the background. */
export const RECOUNT_MS = 120_000;

export interface Counted {
  asOf: Date;
  run: RecountRun;
  recount: Recount;
}

/** Counts what was recorded. It reads from the replica, if there is one, and writes nothing. */
export class RecountRepository {
  readonly #pool: Pool;
  readonly #limitMs: number;

  constructor(pool: Pool, { limitMs = RECOUNT_MS }: { limitMs?: number } = {}) {
    this.#pool = pool;
    this.#limitMs = limitMs;
  }

  /** Counts in one snapshot. `plan` gets the time up to which the data are complete, and returns the statement. */
  run(plan: (asOf: Date) => RecountRun, limitMs = this.#limitMs): Promise<Counted> {
    return this.#inSnapshot((transaction) => recount(transaction, plan, limitMs));
  }

  /** The same, with hashes of the experiment's rows up to its end. */
  runWithDigest(
    plan: (asOf: Date) => RecountRun,
    { endedAt, form = 2 }: { endedAt: string; form?: 1 | 2 },
  ): Promise<Counted & { digest: DigestRow }> {
    return this.#inSnapshot(async (transaction) => {
      const counted = await recount(transaction, plan, this.#limitMs);
      const values = [counted.run.parameters[0], endedAt];
      const sql = form === 1 ? KEYED_DIGEST_SQL : DIGEST_SQL;
      const [digest] = await queryRowsLong<DigestRow>(transaction, sql, values, this.#limitMs);
      return { ...counted, digest: digest as DigestRow };
    });
  }

  /** Reads what at most so many subjects did, one by one: see `buildOutcomesSql`. */
  readOutcomes(plan: (asOf: Date) => RecountRun, most: number): Promise<OutcomeRow[]> {
    return this.#inSnapshot(async (transaction) => {
      const { statement, parameters } = plan(await readAsOf(transaction));
      return queryRowsLong<OutcomeRow>(transaction, statement, [...parameters, most], this.#limitMs);
    });
  }

  /** The same at the cost of so many, however many there are: of more a sample is read, spread over the time they came in. */
  readOutcomesOfSample(
    question: Pick<RecountQuestion, "unit" | "metrics">,
    parametersAt: (asOf: Date) => RecountRun["parameters"],
    { most, limitMs }: { most: number; limitMs: number },
  ): Promise<OutcomeRow[]> {
    return this.#inSnapshot(async (transaction) => {
      const parameters = parametersAt(await readAsOf(transaction));
      const [slug, , endedAt, cut] = parameters;
      const read = <Row extends pg.QueryResultRow>(text: string, values: unknown[]) =>
        queryRowsLong<Row>(transaction, text, values, limitMs);
      const asked = [slug, endedAt, cut, most];
      const [few] = await read<{ hasMore: boolean }>(HAS_MORE_SQL, asked);
      if (few?.hasMore !== true) return read<OutcomeRow>(buildOutcomesSql(question), [...parameters, most]);
      const ids = (await read<{ id: string }>(SAMPLE_SQL, asked)).map(({ id }) => id);
      return read<OutcomeRow>(buildOutcomesSql({ ...question, isOfSample: true }), [...parameters, ids]);
    });
  }

  /** The time up to which the data are complete. */
  readAsOf(): Promise<Date> {
    return readAsOf(this.#pool);
  }

  #inSnapshot<Result>(run: (transaction: SqlRunner) => Promise<Result>): Promise<Result> {
    return inTransaction(this.#pool, run, BEGIN_RECOUNT);
  }
}

async function recount(
  transaction: SqlRunner,
  plan: (asOf: Date) => RecountRun,
  limitMs: number,
): Promise<Counted> {
  const asOf = await readAsOf(transaction);
  const run = plan(asOf);
  // The statement always returns exactly one row.
  const [counted] = await queryRowsLong<Recount>(transaction, run.statement, run.parameters, limitMs);
  return { asOf, run, recount: counted as Recount };
}

export async function readAsOf(runner: SqlRunner): Promise<Date> {
  const [now] = await queryRows<{ asOf: Date }>(runner, AS_OF);
  return (now as { asOf: Date }).asOf;
}

// One snapshot for all that is counted. JIT takes longer than it saves in a statement of many small parts. A hundred thousand
// subjects fit into memory, and passing rows between workers costs less than the planner assumes.
export const BEGIN_RECOUNT = `BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL jit = off;
SET LOCAL work_mem = '128MB';
SET LOCAL TimeZone = 'UTC';
SET LOCAL parallel_tuple_cost = 0.01`;

/** On a replica the data are complete up to the last replayed transaction. */
export const AS_OF = `SELECT date_trunc('milliseconds', CASE WHEN pg_is_in_recovery()
  THEN coalesce(pg_last_xact_replay_timestamp(), clock_timestamp()) ELSE clock_timestamp() END) AS "asOf"`;
