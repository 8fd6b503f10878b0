import { queryRowsLong } from "../../sql/long-statement";
import { execute, inTransaction, type Pool, queryRows, type SqlRunner } from "../../sql/runner";
import { IS_UPSET } from "./fold-sql";
import type { Foldable, Folded, FoldKind } from "./foldable";
import { readDelta } from "./read-delta";
import { AS_OF, BEGIN_RECOUNT, RECOUNT_MS } from "./recount.repository";
import { hash } from "./versions";

/** Increase it when what is stored means something else. */
const FORM = 2;

/**
 * Counts what is new and adds it to what was counted before; all, where that is not certain to be the same. What was
 * counted is kept with the snapshot in which it was: rows name the transactions that wrote them, so that a row of a
 * transaction that was open then, for however long, is new now. It needs the primary, where snapshots name them.
 */
export class FoldRepository {
  readonly #pool: Pool;
  readonly #most: number;

  /** `most` is how many rows may be new. More are read as quickly with all others. */
  constructor(pool: Pool, { most = 50_000 }: { most?: number } = {}) {
    this.#pool = pool;
    this.#most = most;
  }

  async count<Counted extends object>(foldable: Foldable<Counted>): Promise<Folded<Counted>> {
    const { slug, kind, includes = null } = foldable;
    const { snapshot, question, ...folded } = await inTransaction(
      this.#pool,
      (transaction) => countIn(transaction, foldable, this.#most),
      BEGIN_RECOUNT,
    );
    // Upsets that this snapshot has seen, and those of experiments that are gone, say nothing any more.
    await execute(
      this.#pool,
      `WITH kept AS (
         INSERT INTO "ExperimentFold" ("experimentSlug", "kind", "question", "snapshot", "counted")
         SELECT "slug", $2, $3, $4, $5 FROM "Feature" WHERE "slug" = $1
         ON CONFLICT ("experimentSlug", "kind") DO UPDATE
         SET "question" = EXCLUDED."question", "snapshot" = EXCLUDED."snapshot", "counted" = EXCLUDED."counted"
       ), included AS (
         DELETE FROM "ExperimentFold" WHERE "experimentSlug" = $1 AND "kind" = $6
       )
       DELETE FROM "ExperimentUpset" AS upset
       WHERE NOT EXISTS (SELECT FROM "Feature" WHERE "slug" = upset."experimentSlug")
         OR ("experimentSlug" = $1 AND NOT EXISTS (
           SELECT FROM "ExperimentFold" AS other WHERE other."experimentSlug" = $1
             AND NOT pg_visible_in_snapshot("upsetIn"::text::xid8, (
               CASE WHEN other."kind" = $2 THEN $4 ELSE other."snapshot" END
             )::pg_snapshot)
         ) AND pg_visible_in_snapshot("upsetIn"::text::xid8, $4::pg_snapshot))`,
      [slug, kind, question, snapshot, JSON.stringify(folded.counted), includes],
    );
    return folded;
  }

  /** Of what is counted otherwise, nothing is kept. */
  async forget(slug: string, kind: FoldKind): Promise<void> {
    await execute(this.#pool, `DELETE FROM "ExperimentFold" WHERE "experimentSlug" = $1 AND "kind" = $2`, [
      slug,
      kind,
    ]);
  }
}

async function countIn<Counted extends object>(
  transaction: SqlRunner,
  { slug, kind, unit, plan, fold }: Foldable<Counted>,
  most: number,
): Promise<Folded<Counted> & { snapshot: string; question: string }> {
  const [now] = await queryRows<Now>(transaction, NOW_SQL);
  const { asOf, snapshot, tables } = now as Now;
  const { statement, parameters } = plan(asOf);
  const question = hash([FORM, tables, statement, parameters]);
  const found = { asOf, snapshot, question };
  const [before] = await queryRows<{ snapshot: string; counted: Counted; isUpset: boolean }>(
    transaction,
    `SELECT "snapshot", "counted", ${IS_UPSET} AS "isUpset" FROM "ExperimentFold" AS fold
     WHERE "experimentSlug" = $1 AND "kind" = $2 AND "question" = $3
       AND pg_snapshot_xmax("snapshot"::pg_snapshot) <= pg_snapshot_xmax(pg_current_snapshot())`,
    [slug, kind, question],
  );
  if (before !== undefined && !before.isUpset) {
    const asked = { unit, statement, parameters, snapshot: before.snapshot, most };
    const delta = await readDelta<Counted>(transaction, asked);
    const counted =
      delta === "nothing" ? before.counted : delta && fold(before.counted, delta.then, delta.now);
    if (counted !== null) return { ...found, counted, isFolded: true };
  }
  const [counted] = await queryRowsLong<Counted>(transaction, statement, [...parameters], RECOUNT_MS);
  return { ...found, counted: counted as Counted, isFolded: false };
}

interface Now {
  asOf: Date;
  snapshot: string;
  tables: string;
}

/** Transactions have other numbers in another database, into which this one was restored. */
const NOW_SQL = `${AS_OF}, pg_current_snapshot()::text AS snapshot, concat_ws(' ',
  (SELECT oid FROM pg_database WHERE datname = current_database()),
  '"ExperimentVariant"'::regclass::oid, '"ExperimentConversion"'::regclass::oid, '"VisitorLink"'::regclass::oid
) AS tables`;
