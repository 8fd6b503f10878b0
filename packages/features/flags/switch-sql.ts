import { execute, type SqlRunner } from "../experiments/sql";
import type { HostId } from "../experiments/types";

export interface SwitchedColumn {
  column: "enabled" | "stale";
  value: boolean;
}

export interface Switch {
  slug: string;
  change: SwitchedColumn;
  /** Of the flag that was seen; of any other, none is switched. */
  version: number | undefined;
  actorId: HostId;
}

/** Returns how many flags were. */
export function switchColumn(
  transaction: SqlRunner,
  { slug, change, version, actorId }: Switch,
  limitMs: number,
): Promise<number> {
  const sql = `UPDATE "Feature" SET "${change.column}" = $2::boolean, "updatedBy" = $3
    WHERE ${differsFrom(change)} AND "version" = coalesce($4::bigint, "version")`;
  return execute(transaction, sql, [slug, change.value, actorId, version ?? null], limitMs);
}

/** What says neither is off. */
export const differsFrom = ({ column }: SwitchedColumn): string =>
  `"slug" = $1 AND "type" IS DISTINCT FROM 'EXPERIMENT' AND coalesce("${column}", false) <> $2::boolean`;
