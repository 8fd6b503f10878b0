import { type IdTypes, INTEGER_IDS } from "../types/host-id";
import { type Pool, queryRows } from "./runner";

/** A column of ids in one of the host's views. */
export interface IdColumn {
  view: string;
  name: string;
  type: string;
  kind: keyof IdTypes;
}

const KINDS = ["users", "teams"] as const;

/** Views, the module's tables and its configuration say one thing of ids, or each would read another one's. */
export async function findWrongIds(
  pool: Pool,
  columns: readonly IdColumn[],
  ids: Partial<IdTypes> | null,
): Promise<string[]> {
  const [stored] = await queryRows<{ [Kind in keyof IdTypes]: string | null }>(
    pool,
    `SELECT (SELECT format_type(typbasetype, NULL) FROM pg_type WHERE oid = to_regtype('experiment_user_id')) AS users,
       (SELECT format_type(typbasetype, NULL) FROM pg_type WHERE oid = to_regtype('experiment_team_id')) AS teams`,
  );
  const { users = null, teams = null } = stored ?? {};
  if (users === null || teams === null)
    return ["The module’s tables are not on the search path: apply the migrations that “init” has written."];
  const made: Record<keyof IdTypes, string> = { users, teams };
  const configured = ids && { ...INTEGER_IDS, ...ids };
  return [
    ...KINDS.flatMap((kind) =>
      configured === null || made[kind] === configured[kind]
        ? []
        : `The module’s SQL was written for ids of ${kind} that are ${made[kind]}, and the module was made for ${configured[kind]}.`,
    ),
    ...columns.flatMap(({ view, name, kind, type }) =>
      type === made[kind]
        ? []
        : `The column ${name} of the view ${view} is ${type}, and ids of ${kind} are ${made[kind]}.`,
    ),
  ];
}
