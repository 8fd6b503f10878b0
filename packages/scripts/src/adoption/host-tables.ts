import type { Pool } from "pg";

/** All that a host's own schema holds: columns, rules, triggers, and what each row says. */
export async function describeTables(pool: Pool): Promise<string[]> {
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations' ORDER BY 1`,
  );
  const { rows: shapes } = await pool.query<{ line: string }>(SHAPES);
  const lines = shapes.map(({ line }) => line);
  for (const { name } of tables) {
    const table = `public."${name}"`;
    const { rows } = await pool.query<{ digest: string }>(
      `SELECT count(*) || ' rows ' || md5(coalesce(string_agg(row::text, E'\\n' ORDER BY row::text), '')) AS digest
       FROM ${table} AS row`,
    );
    lines.push(`${name} has ${rows[0]?.digest}`);
  }
  return lines;
}

const SHAPES = `
  SELECT format('%s.%s is %s %s %s', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull,
    pg_get_expr(adbin, adrelid)) AS line
  FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
  WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
  UNION ALL
  SELECT format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
  UNION ALL
  SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
  UNION ALL
  SELECT pg_get_triggerdef(pg_trigger.oid) FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
  WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal
  UNION ALL
  SELECT format('function %s', oid::regprocedure) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('type %s', typname) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
  ORDER BY 1`;
