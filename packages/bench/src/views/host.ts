import { createFixture, type Fixture } from "../internals";
import type { Workbench } from "../workbench";

export const USERS = 200_000;
const TEAMS = 21_000;

/** The same people and teams twice: as plain tables, and as views that pass those tables through. */
export interface Hosts {
  views: Fixture;
  tables: Fixture;
  /** Ids of its users, each a member of two teams. */
  userIds: number[];
}

const made = new WeakMap<Workbench, Promise<Hosts>>();

/** Made once for all benchmarks. */
export function hostsOf(workbench: Workbench): Promise<Hosts> {
  let hosts = made.get(workbench);
  if (hosts === undefined) {
    hosts = makeHosts(workbench);
    made.set(workbench, hosts);
  }
  return hosts;
}

async function makeHosts(workbench: Workbench): Promise<Hosts> {
  const { database, url } = await workbench.fixture();
  const run = (text: string) =>
    database.pool.query({ text, query_timeout: 600_000 } as unknown as { text: string });
  await run(PEOPLE);
  await run(TABLES);
  await run(VIEWS);
  for (const table of ["users", "teams", "memberships"])
    await run(`VACUUM ANALYZE host_tables."experiment_host_${table}"`);
  const { rows } = await database.pool.query<{ id: number }>(
    `SELECT "id" FROM "User" WHERE "email" LIKE 'host-%' ORDER BY "id"`,
  );
  const within = async (schema: string) => {
    const fixture = await createFixture(`${url}?options=-c%20search_path%3D${schema}%2Cpublic`, {
      isJob: true,
    });
    workbench.onClose(() => fixture.close());
    return fixture;
  };
  return {
    views: await within("host_views"),
    tables: await within("host_tables"),
    userIds: rows.map(({ id }) => id),
  };
}

/** Rows have foreign keys to these. */
const PEOPLE = `
  INSERT INTO "User" ("email", "name", "passwordHash", "attributes")
    SELECT 'host-' || n || '@bench.example', 'Uma ' || n, '-', jsonb_build_object('country', (ARRAY['DE', 'FR', 'NL'])[1 + n % 3])
    FROM generate_series(1, ${USERS}) AS n;
  INSERT INTO "Team" ("name", "slug") SELECT 'Team ' || n, 'bench-team-' || n FROM generate_series(1, ${TEAMS}) AS n;
  INSERT INTO "Membership" ("userId", "teamId", "accepted", "role")
    SELECT member."id", team."id", true, 'MEMBER'
    FROM (SELECT "id", row_number() OVER (ORDER BY "id") AS n FROM "User" WHERE "email" LIKE 'host-%') AS member
    CROSS JOIN generate_series(0, 1) AS further
    JOIN (SELECT "id", row_number() OVER (ORDER BY "id") AS n FROM "Team" WHERE "slug" LIKE 'bench-team-%') AS team
      ON team.n = 1 + (member.n * 7 + further) % ${TEAMS}`;

const TABLES = `
  CREATE SCHEMA host_tables;
  CREATE TABLE host_tables."experiment_host_users" AS SELECT * FROM public."experiment_host_users";
  ALTER TABLE host_tables."experiment_host_users" ADD PRIMARY KEY ("id");
  CREATE TABLE host_tables."experiment_host_teams" AS SELECT * FROM public."experiment_host_teams";
  ALTER TABLE host_tables."experiment_host_teams" ADD PRIMARY KEY ("id");
  CREATE INDEX ON host_tables."experiment_host_teams" ("organization_id");
  CREATE TABLE host_tables."experiment_host_memberships" AS SELECT * FROM public."experiment_host_memberships";
  ALTER TABLE host_tables."experiment_host_memberships" ADD PRIMARY KEY ("user_id", "team_id");
  CREATE INDEX ON host_tables."experiment_host_memberships" ("team_id")`;

const VIEWS = `
  CREATE SCHEMA host_views;
  CREATE VIEW host_views."experiment_host_users" AS
    SELECT "id", "email", "name", "created_at", "attributes", "plan", "is_admin" FROM host_tables."experiment_host_users";
  CREATE VIEW host_views."experiment_host_teams" AS
    SELECT "id", "name", "slug", "is_organization", "organization_id", "plan", "members", "attributes"
    FROM host_tables."experiment_host_teams";
  CREATE VIEW host_views."experiment_host_memberships" AS
    SELECT "user_id", "team_id" FROM host_tables."experiment_host_memberships"`;
