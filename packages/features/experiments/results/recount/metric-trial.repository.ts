import { sqlState } from "@calcom/lib/sql";
import { listSources, type Metric, type MetricSource } from "../../metrics/define-metric";
import { DatabaseUnavailable } from "../../sql/database-unavailable";
import { type Pool, queryRows } from "../../sql/runner";
import { type IdType, type IdTypes, INTEGER_IDS } from "../../types/host-id";

type Population = "user" | "team";

interface ColumnTypes {
  subject: string;
  at: string;
  value: string | null;
}

/** By what an id is: the types that can be compared with it. */
const SUBJECT_TYPES: Record<IdType, { types: readonly string[]; called: string }> = {
  integer: { types: ["smallint", "integer", "bigint"], called: "an integer" },
  bigint: { types: ["smallint", "integer", "bigint"], called: "an integer" },
  uuid: { types: ["uuid"], called: "a uuid" },
  text: { types: ["text", "character varying", "character"], called: "a text" },
};
/** A time without a zone would be read in the time zone of the session. */
const AT_TYPES = ["timestamp with time zone"];
const VALUE_TYPES = ["smallint", "integer", "bigint", "numeric", "real", "double precision"];

/** Tries the queries of metrics on the database that they are for, without reading a row. */
export class MetricTrialRepository {
  readonly #pool: Pool;
  readonly #ids: IdTypes;

  constructor(pool: Pool, ids: IdTypes = INTEGER_IDS) {
    this.#pool = pool;
    this.#ids = ids;
  }

  /**
   * What is wrong with the metric, as the end of a sentence; null where it can be computed.
   *
   * @throws DatabaseUnavailable
   */
  async findFault(metric: Metric): Promise<string | null> {
    for (const source of listSources(metric)) {
      for (const [population, query] of listQueries(source)) {
        const fault = await this.#tryQuery(query, this.#ids[`${population}s`], hasValue(metric));
        if (fault !== null) return `the query for ${population}s ${fault}`;
      }
    }
    return null;
  }

  async #tryQuery(query: string, id: IdType, needsValue: boolean): Promise<string | null> {
    try {
      const [types] = await queryRows<ColumnTypes>(this.#pool, describe(query, needsValue));
      return types === undefined ? null : findWrongType(types, id);
    } catch (error) {
      if (error instanceof DatabaseUnavailable || sqlState(error) === null) throw error;
      return `is refused by the database (${(error as Error).message})`;
    }
  }
}

function listQueries(source: MetricSource): [Population, string][] {
  if ("events" in source) return [];
  return (["user", "team"] as const).flatMap((population) => {
    const query = source.query[population];
    return query === undefined ? [] : [[population, query] as [Population, string]];
  });
}

/** A conversion counts that it happened, whatever its value. */
function hasValue({ kind }: Metric): boolean {
  return kind !== "conversion";
}

/** One row, whatever there is: the types of the columns. The query stands on lines of its own, for it may end in a comment. */
function describe(query: string, needsValue: boolean): string {
  return `SELECT pg_typeof(source."subject")::text AS subject, pg_typeof(source."at")::text AS at,
    ${needsValue ? `pg_typeof(source."value")::text` : "NULL"} AS value
    FROM (SELECT) AS nothing LEFT JOIN (SELECT * FROM (
      ${query}
    ) AS asked LIMIT 0) AS source ON true`;
}

function findWrongType({ subject, at, value }: ColumnTypes, id: IdType): string | null {
  const { types, called } = SUBJECT_TYPES[id];
  if (!types.includes(subject)) return `gives "subject" as ${subject}: it has to be ${called}`;
  if (!AT_TYPES.includes(at)) return `gives "at" as ${at}: it has to be a timestamptz`;
  if (value !== null && !VALUE_TYPES.includes(value))
    return `gives "value" as ${value}: it has to be a number`;
  return null;
}
