import fs from "node:fs";
import path from "node:path";
import type { Pool } from "pg";
import { listModuleMigrations, type ModuleSqlSettings } from "../sql/module-sql";

/** An application that this repository has never heard of. */
export const FOREIGN_SETTINGS: ModuleSqlSettings = {
  schema: "experiments",
  users: { table: "people", id: "person_id" },
  teams: { table: "accounts" },
};

const TABLES = `
  CREATE TABLE public.people (
    person_id serial PRIMARY KEY, mail text NOT NULL UNIQUE, full_name text, is_staff boolean NOT NULL DEFAULT false,
    country text, joined_at timestamptz NOT NULL DEFAULT now()
  );
  CREATE TABLE public.accounts (
    id serial PRIMARY KEY, title text NOT NULL, handle text NOT NULL DEFAULT gen_random_uuid()::text,
    tier text NOT NULL DEFAULT 'free'
  );
  CREATE TABLE public.seats (
    person_id integer NOT NULL REFERENCES public.people ON DELETE CASCADE,
    account_id integer NOT NULL REFERENCES public.accounts ON DELETE CASCADE,
    PRIMARY KEY (person_id, account_id)
  );`;

/** As the document shows them, which whoever installs the module begins with. */
function readViews(): string {
  const document = path.resolve(import.meta.dirname, "../../../../docs/packages.md");
  const [, sql] = /^```sql\n([\s\S]*?)^```$/m.exec(fs.readFileSync(document, "utf8")) ?? [];
  if (sql === undefined) throw new Error(`${document} shows no views.`);
  return sql;
}

/** Makes that application's database, and installs the module in it. */
export async function installInForeignHost(pool: Pool, settings = FOREIGN_SETTINGS): Promise<void> {
  for (const sql of [
    TABLES,
    readViews(),
    ...listModuleMigrations(settings).map((migration) => migration.sql),
  ])
    await pool.query(sql);
}

/** Connections that find the module by its schema alone: nothing may lie in `public` by chance. */
export function withinSchema(connectionString: string, schema = FOREIGN_SETTINGS.schema): string {
  const url = new URL(connectionString);
  url.searchParams.set("options", `-c search_path=${schema}`);
  return url.href;
}
