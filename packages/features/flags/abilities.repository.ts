import { type Pool, queryRows } from "../experiments/sql";
import type { FlagAbilities } from "./types";

/** Says what an application has left to this module of its flags. */
export class FlagAbilitiesRepository {
  readonly #pool: Pool;
  readonly #isAsked: boolean;

  /** @param isAsked whether the application's code asks here, and reads no tables of flags itself */
  constructor({ pool }: { pool: Pool }, { isAsked }: { isAsked: boolean }) {
    this.#pool = pool;
    this.#isAsked = isAsked;
  }

  async read(): Promise<FlagAbilities> {
    const [found] = await queryRows<{ areOwn: boolean; takeRows: boolean }>(this.#pool, ABILITIES);
    const { areOwn = false, takeRows = false } = found ?? {};
    const areManaged = areOwn || this.#isAsked;
    return { areOwn, areManaged, areAssigned: areManaged && takeRows };
  }
}

/** A table that was there before may have columns that have to be filled, or may lack what tells rows apart. */
const takesRows = (table: string, column: string): string => `(
  EXISTS (
    SELECT FROM pg_index WHERE indrelid = '"${table}"'::regclass AND indisunique AND indpred IS NULL AND indnkeyatts = 2
      AND (SELECT array_agg(attname::text ORDER BY attname) FROM pg_attribute
           WHERE attrelid = indrelid AND attnum = ANY (indkey)) = ARRAY['featureId', '${column}']
  ) AND NOT EXISTS (
    SELECT FROM pg_attribute WHERE attrelid = '"${table}"'::regclass AND attnum > 0 AND NOT attisdropped
      AND attnotnull AND NOT atthasdef AND attidentity = ''
      AND attname NOT IN ('${column}', 'featureId', 'enabled')
  ) AND EXISTS (
    SELECT FROM pg_attribute AS said JOIN pg_attribute AS known ON known.atttypid = said.atttypid
    WHERE said.attrelid = '"${table}"'::regclass AND said.attname = 'assignedBy' AND NOT said.attisdropped
      AND known.attrelid = '"ScheduledFlagChange"'::regclass AND known.attname = 'plannedBy'
  ))`;

const ABILITIES = `
  SELECT experiment_flags_are_own() AS "areOwn",
    ${takesRows("UserFeatures", "userId")} AND ${takesRows("TeamFeatures", "teamId")} AS "takeRows"`;
