import { HOST_VIEWS } from "./host-views";
import { listModuleMigrations, type ModuleSqlSettings } from "./module-sql";
import { quoteName } from "./quote-name";

/**
 * Takes the module out of a host's database, with all that it has counted. Flags that became experiments are flags again;
 * tables of the host's are as they were before.
 */
export function buildUninstallSql(settings: ModuleSqlSettings): string {
  const { flags = null } = settings;
  const schema = quoteName(settings.schema);
  const sql = listModuleMigrations(settings)
    .map((migration) => migration.sql)
    .join("\n");
  // Afterwards flags are restored: triggers would take that for what people do.
  return (
    dropEach(schema, sql) +
    (settings.schema === "public" ? "" : dropIfEmpty(schema)) +
    (flags === null ? "" : buildRestoringSql(quoteName(flags)))
  );
}

/** One by one: a schema may hold what is the host's. */
function dropEach(schema: string, sql: string): string {
  const named = (pattern: RegExp) =>
    [...new Set([...sql.matchAll(pattern)].map(([, name]) => name))].reverse();
  return [
    ...HOST_VIEW_NAMES.map((name) => `DROP VIEW IF EXISTS ${schema}.${name};`),
    ...named(/^CREATE TABLE (\S+) \(/gm).map((name) => `DROP TABLE ${name} CASCADE;`),
    // Some have gone with what they stood on, and of those that forget the host has none, or its own trigger.
    ...[
      ...named(/^CREATE (?:OR REPLACE )?FUNCTION ([^\s(]+)\(/gm),
      ...FORGETTING.map((name) => `${schema}.${name}`),
    ].map((name) => `DROP FUNCTION IF EXISTS ${name} CASCADE;`),
    ...named(/^CREATE (?:TYPE|DOMAIN) (\S+) AS/gm).map((name) => `DROP TYPE IF EXISTS ${name} CASCADE;`),
    // What is made on a condition may be the host's, of the same name.
    ...named(/^ +CREATE TYPE (\S+) AS/gm).map(
      (name) => `DO $$ BEGIN
  IF obj_description(to_regtype('${name}'), 'pg_type') = 'experiments' THEN DROP TYPE ${name} CASCADE; END IF;
END $$;`,
    ),
    "",
  ].join("\n");
}

function dropIfEmpty(schema: string): string {
  return `DO $$ BEGIN
  DROP SCHEMA ${schema};
EXCEPTION WHEN dependent_objects_still_exist THEN
  RAISE NOTICE 'The schema % stays: it holds what is not the module''s.', '${schema}';
END $$;
`;
}

/** What stands on the others first. */
const HOST_VIEW_NAMES = Object.keys(HOST_VIEWS).reverse();

/** Of the triggers that `init` prints where there are no foreign keys. */
const FORGETTING = ["forget_deleted_user", "forget_deleted_team"];

/** Rows that the module made have its salt. A type that was the module's own has gone with it. */
function buildRestoringSql(flags: string): string {
  return `DO $$
DECLARE
  added record;
  type_of_flags text := (SELECT format_type(atttypid, atttypmod) FROM pg_attribute
    WHERE attrelid = '${flags}."Feature"'::regclass AND attname = 'type' AND NOT attisdropped);
BEGIN
  DELETE FROM ${flags}."Feature" WHERE "metadata" ?& ARRAY['salt', 'hashVersion', 'convertedFrom']
    AND jsonb_typeof("metadata" -> 'convertedFrom') <> 'object';
  IF type_of_flags IS NOT NULL THEN
    EXECUTE format(
      'UPDATE ${flags}."Feature" SET "type" = ("metadata" #>> ''{convertedFrom,type}'')::%s
       WHERE "metadata" ?& ARRAY[''salt'', ''hashVersion'', ''convertedFrom'']',
      type_of_flags
    );
  END IF;
  UPDATE ${flags}."Feature" SET "enabled" = false, "metadata" = nullif("metadata" #> '{convertedFrom,metadata}', 'null')
  WHERE "metadata" ?& ARRAY['salt', 'hashVersion', 'convertedFrom'];
  FOR added IN
    SELECT attrelid::regclass AS host_table, attname AS name FROM pg_attribute
    WHERE attrelid IN ('${flags}."Feature"'::regclass, '${flags}."UserFeatures"'::regclass, '${flags}."TeamFeatures"'::regclass)
      AND attnum > 0 AND NOT attisdropped AND col_description(attrelid, attnum) = 'experiments'
  LOOP
    EXECUTE format('ALTER TABLE %s DROP COLUMN %I CASCADE', added.host_table, added.name);
  END LOOP;
END $$;
`;
}
