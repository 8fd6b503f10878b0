import { queryRowsLong } from "../../sql/long-statement";
import { queryRows, type SqlRunner } from "../../sql/runner";
import type { Unit } from "../../types/settings";
import { buildDeltaSql, buildTouchedSql, IS_UPSET_SQL } from "./fold-sql";
import { RECOUNT_MS } from "./recount.repository";

/** More than these are read as quickly with all others. */
const MOST_TOUCHED = 50_000;

interface Asked {
  slug: string;
  unit: Unit;
  statement: string;
  parameters: readonly unknown[];
}

interface Delta<Counted> {
  then: Counted;
  now: Counted;
}

/** Null where all have to be counted. */
export async function readDelta<Counted>(
  transaction: SqlRunner,
  asked: Asked,
  snapshot: string,
): Promise<Delta<Counted> | "nothing" | null> {
  const { slug } = asked;
  const [upset] = await queryRows<{ isUpset: boolean }>(transaction, IS_UPSET_SQL, [slug, snapshot]);
  if (upset?.isUpset !== false) return null;
  // The statistics of columns that are written anew each time are old, and the planner would rather read a table.
  await transaction.query("SET LOCAL enable_seqscan = off");
  const delta = await readNew<Counted>(transaction, asked, snapshot);
  await transaction.query("SET LOCAL enable_seqscan = on");
  return delta;
}

async function readNew<Counted>(
  transaction: SqlRunner,
  { slug, unit, statement, parameters }: Asked,
  snapshot: string,
): Promise<Delta<Counted> | "nothing" | null> {
  const touched = await queryRowsLong<{ id: string }>(
    transaction,
    buildTouchedSql(unit),
    [slug, snapshot, MOST_TOUCHED],
    RECOUNT_MS,
  );
  if (touched.length === 0) return "nothing";
  if (touched.length > MOST_TOUCHED) return null;
  const [delta] = await queryRowsLong<Delta<Counted> & { hasErased: boolean }>(
    transaction,
    buildDeltaSql(statement, parameters.length + 1),
    [...parameters, touched.map(({ id }) => id), snapshot],
    RECOUNT_MS,
  );
  // Rows that were one person's before an erasure are found by no link any more.
  return delta === undefined || delta.hasErased ? null : delta;
}
