import { statusSchema } from "../../types";

const KNOWN = statusSchema.options.map((status) => `'${status}'`).join(", ");

/** The same as `statusOf`, in SQL: the status of the row of `Feature` that the statement calls `alias`. */
export function statusSql(alias: string): string {
  return `CASE WHEN ${alias}."metadata" ->> 'status' IN (${KNOWN}) THEN ${alias}."metadata" ->> 'status'
    WHEN ${alias}."enabled" THEN 'running' ELSE 'draft' END`;
}
