import type { Pool } from "pg";

/** The tables that are the module's own, wherever they stand. */
export const MODULE_TABLES = [
  "Feature",
  "UserFeatures",
  "TeamFeatures",
  "ScheduledFlagChange",
  "ExperimentEpoch",
  "ExperimentVariant",
  "ExperimentConversion",
  "VisitorLink",
  "ExperimentResult",
  "ExperimentCount",
  "ExperimentFold",
  "ExperimentUpset",
  "ExperimentHealth",
  "ExperimentView",
  "ExperimentMetric",
  "ExperimentMetricVersion",
  "ExperimentChecklistItem",
  "ExperimentCheck",
  "ExperimentPreview",
  "ExperimentAsk",
  "ExperimentMember",
  "PreviewLink",
  "AuditLog",
  "ConfigEpoch",
  "Lease",
] as const;

const ENUMS = ["FeatureType", "AssignmentType", "ExperimentRole"];

const FUNCTIONS = [
  "multiply_32_bits",
  "murmur3",
  "is_rolled_out",
  "without_user",
  "experiment_user_id_of",
  "experiment_user_json",
  "experiment_team_json",
  "erase_visitors_of",
  "erase_user_from_audit",
  "is_forgotten",
  "forget_experiment_user",
  "forget_experiment_team",
  "experiment_module_version",
  "experiment_flags_are_own",
];

export interface Described {
  /** By table: its columns, constraints, indexes, triggers and statistics, in PostgreSQL's own words. */
  tables: Record<string, string[]>;
  /** Its enums and domains. */
  types: string[];
  /** Those that its triggers and statements call, by name, without what one of the two says in other words. */
  functions: Record<string, string>;
}

/** What a database has of the module, in a form that can be compared. */
export async function describeSchema(pool: Pool): Promise<Described> {
  const { rows: parts } = await pool.query<{ table: string; part: string }>(PARTS, [MODULE_TABLES]);
  const tables: Record<string, string[]> = {};
  for (const { table, part } of parts) tables[table] = [...(tables[table] ?? []), part].sort();
  const { rows: enums } = await pool.query<{ label: string }>(
    `SELECT typname || ': ' || enumlabel AS label, enumsortorder AS place FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
     WHERE typname = ANY($1)
     UNION SELECT typname || ': ' || format_type(typbasetype, NULL), 0 FROM pg_type WHERE typtype = 'd' AND typname ~ '^experiment_'
     ORDER BY label, place`,
    [ENUMS],
  );
  const { rows: functions } = await pool.query<{ name: string; source: string }>(
    `SELECT DISTINCT proname AS name, prosrc AS source FROM pg_trigger
     JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_proc ON pg_proc.oid = tgfoid
     WHERE NOT tgisinternal AND relname = ANY($1)
     UNION SELECT proname || pg_get_function_arguments(oid), pg_get_function_result(oid) || prosrc FROM pg_proc WHERE proname = ANY($2)
     ORDER BY 1`,
    [MODULE_TABLES, FUNCTIONS],
  );
  return {
    tables,
    types: enums.map(({ label }) => label),
    functions: Object.fromEntries(functions.map(({ name, source }) => [name, plainly(source)])),
  };
}

/** Comments and line breaks aside, and the table of people in the name of its view. What a sentence says may differ. */
function plainly(source: string): string {
  return source
    .replaceAll(/--.*$/gm, "")
    .replaceAll('"public".', "")
    .replaceAll('"User"', '"experiment_host_users"')
    .replaceAll(/(RAISE EXCEPTION) '[^']*'/g, "$1 …")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/([(]) | ([)])/g, "$1$2")
    .trim();
}

const PARTS = `
  SELECT relname AS table, attname || ' ' || format_type(atttypid, atttypmod) || CASE WHEN attnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce(' DEFAULT ' || pg_get_expr(adbin, adrelid), '') AS part
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relname = ANY($1) AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT relname, conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
  FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
  WHERE relname = ANY($1) AND contype <> 'n'
  UNION ALL
  SELECT relname, pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
  WHERE relname = ANY($1)
  UNION ALL
  SELECT relname, pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
  WHERE relname = ANY($1) AND NOT tgisinternal
  UNION ALL
  SELECT relname, pg_get_statisticsobjdef(pg_statistic_ext.oid) FROM pg_statistic_ext JOIN pg_class ON pg_class.oid = stxrelid
  WHERE relname = ANY($1)`;
