import { queryRowsLong } from "../../sql/long-statement";
import type { SqlRunner } from "../../sql/runner";
import type { Unit } from "../../types/settings";
import { buildDeltaSql } from "./fold-sql";
import { RECOUNT_MS } from "./recount.repository";

interface Asked {
  unit: Unit;
  statement: string;
  parameters: readonly unknown[];
  /** In which was counted last. */
  snapshot: string;
  /** New rows, and subjects to count again. */
  most: number;
}

interface Delta<Counted> {
  then: Counted;
  now: Counted;
}

interface DeltaRow<Counted> extends Delta<Counted> {
  subjects: number;
  isMany: boolean;
  hasErased: boolean;
}

/** Null where all have to be counted. */
export async function readDelta<Counted>(
  transaction: SqlRunner,
  { unit, statement, parameters, snapshot, most }: Asked,
): Promise<Delta<Counted> | "nothing" | null> {
  const [end, open] = parseSnapshot(snapshot);
  await transaction.query(BEGIN_DELTA);
  const [delta] = await queryRowsLong<DeltaRow<Counted>>(
    transaction,
    buildDeltaSql(unit, statement, parameters.length + 1),
    [...parameters, end, open, most],
    RECOUNT_MS,
  );
  await transaction.query(END_DELTA);
  // Rows that were one person's before an erasure are found by no link any more.
  if (delta === undefined || delta.isMany || delta.hasErased) return null;
  return delta.subjects === 0 ? "nothing" : delta;
}

/**
 * "xmin:xmax:xip": the first transaction that had not begun, and those that were open. The first is in the list as well:
 * of an empty one the planner makes what is odd to read.
 */
function parseSnapshot(snapshot: string): [end: string, open: string[]] {
  const [, end = "", open = ""] = snapshot.split(":");
  return [end, [...open.split(","), end].filter((name) => name !== "")];
}

/**
 * What is new is few rows, and the planner cannot know: the statistics of columns that are written anew each time are
 * old, and it has none of rows that a statement gathers itself. It would read a table rather than an index, compare each
 * of these rows with each other, or start workers for them.
 */
const BEGIN_DELTA = `SET LOCAL enable_seqscan = off;
SET LOCAL enable_nestloop = off;
SET LOCAL max_parallel_workers_per_gather = 0`;

const END_DELTA = `SET LOCAL enable_seqscan = on;
SET LOCAL enable_nestloop = on;
SET LOCAL max_parallel_workers_per_gather TO DEFAULT`;
