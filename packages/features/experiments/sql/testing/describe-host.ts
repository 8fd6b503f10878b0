import type { Pool } from "pg";

/** All that a host has outside of the module's schema, in PostgreSQL's own words: what it is made of, and every row. */
export async function describeHost(pool: Pool): Promise<unknown> {
  const { rows: parts } = await pool.query<{ part: string }>(PARTS);
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT oid::regclass::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`,
  );
  const contents = await Promise.all(
    tables.map(async ({ name }) => {
      const qualified = name.startsWith("public.") ? name : `public.${name}`;
      const { rows } = await pool.query(
        `SELECT to_jsonb(host)::text AS row FROM ${qualified} AS host ORDER BY 1`,
      );
      return [qualified, rows.map(({ row }) => row)];
    }),
  );
  return { parts: parts.map(({ part }) => part), contents: Object.fromEntries(contents) };
}

const PARTS = `
  SELECT part FROM (
    SELECT relname || '.' || attname || ' ' || format_type(atttypid, atttypmod) || attnotnull::text
      || coalesce(pg_get_expr(adbin, adrelid), '') || coalesce(col_description(attrelid, attnum), '') AS part
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
    WHERE relnamespace = 'public'::regnamespace
    UNION ALL
    SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
    WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal
    UNION ALL
    SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT oid::regtype || ' ' || typtype::text FROM pg_type WHERE typnamespace = 'public'::regnamespace
    UNION ALL
    SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'
  ) AS described ORDER BY part`;
