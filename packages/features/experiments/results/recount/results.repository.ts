import { readJsonTime } from "@calcom/lib/read-times";
import { execute, type Pool, queryRows } from "../../sql/runner";
import { statusSql } from "../../sql/status-sql";
import { readStoredResult } from "../read-stored-result";
import type { LatestResult, Receipt, ResultsView, StoredResult } from "../types";

export type StoredView = Pick<ResultsView, "result" | "receipt">;

/** Reads and stores results, and finds those that are due. */
export class ResultsRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /** Reads by unique index, whatever the size of the experiment. */
  async find(slug: string): Promise<StoredView> {
    const [found] = await queryRows<StoredView>(
      this.#pool,
      `SELECT (SELECT "result" FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND NOT "isReceipt") AS result,
         (SELECT jsonb_build_object('createdAt', "createdAt", 'concludedAt', "result" -> 'concludedAt', 'hash', "result" -> 'hash',
           'plan', "result" -> 'plan', 'population', "result" -> 'result' -> 'population',
           'look', "result" -> 'result' -> 'look', 'endedShort', "result" -> 'result' -> 'analysis' -> 'endedShort')
          FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND "isReceipt") AS receipt`,
      [slug],
    );
    const { result = null, receipt = null } = found ?? {};
    return {
      result: readStoredResult(result),
      receipt: receipt && { ...receipt, createdAt: readJsonTime(String(receipt.createdAt)) },
    };
  }

  /** The clock by which results are stamped; a node's own clock may differ from it. */
  async readClock(): Promise<Date> {
    const [row] = await queryRows<{ now: Date }>(
      this.#pool,
      `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`,
    );
    return (row as { now: Date }).now;
  }

  /** Tells whether there is something newer than what is shown, without reading the results themselves. */
  async findLatest(slug: string): Promise<LatestResult> {
    const [found] = await queryRows<{ asOf: Date | null; hasReceipt: boolean }>(
      this.#pool,
      `SELECT max("asOf") FILTER (WHERE NOT "isReceipt") AS "asOf", count(*) FILTER (WHERE "isReceipt") > 0 AS "hasReceipt"
       FROM "ExperimentResult" WHERE "experimentSlug" = $1`,
      [slug],
    );
    return { asOf: found?.asOf?.toISOString() ?? null, hasReceipt: found?.hasReceipt ?? false };
  }

  async findReceipt(slug: string): Promise<Receipt | null> {
    const [row] = await queryRows<{ result: Receipt }>(
      this.#pool,
      `SELECT "result" FROM "ExperimentResult" WHERE "experimentSlug" = $1 AND "isReceipt"`,
      [slug],
    );
    return row?.result ?? null;
  }

  /** Never replaces a later result. False if the experiment is gone. */
  async store(result: StoredResult): Promise<boolean> {
    const stored = await queryRows(
      this.#pool,
      `INSERT INTO "ExperimentResult" AS stored ("experimentSlug", "asOf", "result")
       SELECT "slug", $2, $3 FROM "Feature" WHERE "slug" = $1
       ON CONFLICT ("experimentSlug") WHERE NOT "isReceipt"
       DO UPDATE SET "asOf" = EXCLUDED."asOf", "result" = EXCLUDED."result", "createdAt" = clock_timestamp()
       WHERE stored."asOf" <= EXCLUDED."asOf" RETURNING "id"`,
      [result.slug, result.asOf, JSON.stringify(result)],
    );
    return stored.length > 0;
  }

  /** The first receipt stays; a second one is ignored. */
  async storeReceipt(receipt: Receipt): Promise<void> {
    await execute(
      this.#pool,
      `INSERT INTO "ExperimentResult" ("experimentSlug", "asOf", "isReceipt", "result") VALUES ($1, $2, true, $3)
       ON CONFLICT ("experimentSlug") WHERE "isReceipt" DO NOTHING`,
      [receipt.slug, receipt.result.asOf, JSON.stringify(receipt)],
    );
  }

  /** Finds what has to be computed: results that are old for what they cost, and conclusions without a receipt. */
  async findDue(except: readonly string[] = []): Promise<string[]> {
    const rows = await queryRows<{ slug: string }>(this.#pool, DUE, [except]);
    return rows.map(({ slug }) => slug);
  }
}

/** A day at most, and nothing where somebody has edited the result. */
const TOOK_MS = `least(CASE jsonb_typeof(stored."result" -> 'tookMs')
    WHEN 'number' THEN (stored."result" -> 'tookMs')::numeric ELSE 0 END, 86400000)::float8`;

/** Every five minutes, unless counting takes longer than a twentieth of that. */
const IS_OLD = `(stored."id" IS NULL OR stored."createdAt" < clock_timestamp() - greatest(
    interval '5 minutes', ${TOOK_MS} * 20 * interval '1 millisecond'
  ))`;

/** A receipt that could not be made with the result of the end is tried again no more often than results are. */
const DUE = `SELECT feature."slug"
  FROM "Feature" AS feature
  LEFT JOIN "ExperimentResult" AS stored ON stored."experimentSlug" = feature."slug" AND NOT stored."isReceipt"
  LEFT JOIN "ExperimentResult" AS receipt ON receipt."experimentSlug" = feature."slug" AND receipt."isReceipt"
  WHERE feature."type" = 'EXPERIMENT' AND (
    (${statusSql("feature")} IN ('running', 'paused', 'off') AND ${IS_OLD})
    OR (feature."metadata" ->> 'endedAt' IS NOT NULL AND receipt."id" IS NULL
      AND (stored."result" ->> 'endedAt' IS NULL OR ${IS_OLD}))
  ) AND feature."slug" <> ALL($1)
  ORDER BY stored."createdAt" NULLS FIRST LIMIT 100`;
