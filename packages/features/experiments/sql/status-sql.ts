import { statusSchema } from "../types/settings";

const KNOWN = statusSchema.options.map((status) => `'${status}'`).join(", ");

/** The status of a row of `Feature`, by the same rules as `readStatus`; `alias` is the row's name in the statement. */
export function statusSql(alias: string): string {
  return `CASE WHEN ${alias}."metadata" ->> 'status' IN (${KNOWN}) THEN ${alias}."metadata" ->> 'status'
    WHEN ${alias}."enabled" THEN 'running' ELSE 'draft' END`;
}

/** Whether the flag that an experiment was is turned off, beyond its status. */
export function turnedOffSql(alias: string): string {
  return `coalesce(${alias}."metadata" #> '{convertedFrom,isTurnedOff}' = 'true', false)`;
}
