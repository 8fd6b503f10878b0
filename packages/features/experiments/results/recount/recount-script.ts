import { quoteLiteral } from "../../metrics/quote-literal";
import type { RecountRun } from "../types";
import { layOutSql } from "./readable-sql";
import { BEGIN_RECOUNT } from "./recount.repository";

/** Of the statement that `buildRecountSql` builds, in order: $1, $2 and so on. */
const PARAMETERS = [
  { type: "text", meaning: "slug of the experiment" },
  { type: "int", meaning: "conversion window in hours" },
  { type: "timestamptz", meaning: "end of the experiment; NULL if it has not ended" },
  {
    type: "date",
    meaning: "segments and novelty count subjects exposed before this day; NULL for all, once it has ended",
  },
] as const;

/** What $1 to $4 mean, as lines of a comment. */
export function describeParameters(values: readonly string[] = []): string {
  return PARAMETERS.map(({ type, meaning }, index) => {
    const value = values[index] === undefined ? "" : ` = ${values[index].replaceAll(/\s/g, " ")}`;
    return `--   $${index + 1}::${type}${value}: ${meaning}`;
  }).join("\n");
}

/**
 * A recount that runs as it is printed, in psql or any other client. It answers one row, and changes nothing.
 *
 * @param asOf the time up to which the data were complete; a later recount counts later days too
 * @param unknown metrics of the experiment that cannot be measured, which are left out
 */
export function writeRecountScript(
  { statement, parameters }: RecountRun,
  { asOf, unknown }: { asOf: Date; unknown: readonly { key: string; fault: string }[] },
): string {
  const values = parameters.map(toSqlLiteral);
  const leftOut = unknown.map(
    ({ key, fault }) => `-- Left out: ${`${key}: ${fault}`.replaceAll(/\s/g, " ")}\n`,
  );
  return `-- The recount of ${values[0]?.replaceAll(/\s/g, " ")} as of ${asOf.toISOString()}, as the application runs it.
-- Parameters:
${describeParameters(values)}
${leftOut.join("")}
${BEGIN_RECOUNT};

PREPARE recount (${PARAMETERS.map(({ type }) => type).join(", ")}) AS
${layOutSql(statement)};

EXECUTE recount (${values.join(", ")});

DEALLOCATE recount;
COMMIT;`;
}

function toSqlLiteral(value: string | number | null): string {
  if (value === null) return "NULL";
  return typeof value === "number" ? String(value) : quoteLiteral(value);
}
