import type { Pool } from "pg";
import { listModuleMigrations, type ModuleSqlSettings } from "../sql/module-sql";

/** An application that this repository has never heard of: its tables, and the views that it writes over them. */
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
  CREATE TABLE public.accounts (id serial PRIMARY KEY, title text NOT NULL, tier text NOT NULL DEFAULT 'free');
  CREATE TABLE public.seats (
    person_id integer NOT NULL REFERENCES public.people ON DELETE CASCADE,
    account_id integer NOT NULL REFERENCES public.accounts ON DELETE CASCADE,
    PRIMARY KEY (person_id, account_id)
  );
  CREATE SCHEMA experiments;`;

const VIEWS = `
  CREATE VIEW experiments.experiment_host_users AS
  SELECT person_id AS id, mail AS email, coalesce(full_name, mail) AS name, joined_at AS created_at,
    jsonb_build_object('country', country) AS attributes, NULL::text AS plan, is_staff AS is_admin
  FROM public.people;
  CREATE VIEW experiments.experiment_host_teams AS
  SELECT id, title AS name, 'account-' || id AS slug, false AS is_organization, NULL::integer AS organization_id,
    CASE tier WHEN 'free' THEN 'individual' ELSE 'teams' END AS plan,
    (SELECT count(*)::int FROM public.seats WHERE account_id = accounts.id) AS members, '{}'::jsonb AS attributes
  FROM public.accounts;
  CREATE VIEW experiments.experiment_host_memberships AS
  SELECT person_id AS user_id, account_id AS team_id FROM public.seats;`;

/** Makes that application's database, and installs the module in it. */
export async function installInForeignHost(pool: Pool, settings = FOREIGN_SETTINGS): Promise<void> {
  for (const sql of [TABLES, VIEWS, ...listModuleMigrations(settings).map((migration) => migration.sql)])
    await pool.query(sql);
}

/** Connections that find the module by its schema alone: nothing may lie in `public` by chance. */
export function withinSchema(connectionString: string, schema = FOREIGN_SETTINGS.schema): string {
  const url = new URL(connectionString);
  url.searchParams.set("options", `-c search_path=${schema}`);
  return url.href;
}
