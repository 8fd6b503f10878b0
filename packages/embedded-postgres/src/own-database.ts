import { createHmac } from "node:crypto";
import { codeOf } from "@calcom/lib/script-error";
import pg from "pg";

/**
 * Makes a database with a role of the same name that owns it and may do nothing else on the server, and returns the
 * role's connection string. A database that the superuser owns is handed over, with all that is in it. Safe to call from
 * several processes at once.
 */
export async function ownDatabase(urlOf: (database: string) => string, name: string): Promise<string> {
  const url = new URL(urlOf(name));
  // Made of the superuser's, so that whoever starts the application finds the same without another file.
  const password = createHmac("sha256", decodeURIComponent(url.password)).update(name).digest("hex");
  const role = pg.escapeIdentifier(name);
  await withClient(urlOf("postgres"), async (client) => {
    await ignoring(["42710", "23505"], () => client.query(`CREATE ROLE ${role} LOGIN`));
    await ignoring(["42P04", "23505"], () => client.query(`CREATE DATABASE ${role} OWNER ${role}`));
  });
  await withClient(url.href, async (client) => {
    await client.query("BEGIN");
    await client.query("SELECT pg_advisory_xact_lock(hashtext('own-database'))");
    await client.query(
      `ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD ${pg.escapeLiteral(password)}`,
    );
    if (!(await isOwned(client, name))) await handOver(client, role);
    await client.query("COMMIT");
  });
  url.username = name;
  url.password = password;
  return url.href;
}

async function isOwned(client: pg.Client, role: string): Promise<boolean> {
  const { rowCount } = await client.query(
    "SELECT FROM pg_database WHERE datname = current_database() AND pg_get_userbyid(datdba) = $1",
    [role],
  );
  return rowCount === 1;
}

/** REASSIGN OWNED refuses the superuser that the cluster was made with. */
async function handOver(client: pg.Client, role: string): Promise<void> {
  const { rows } = await client.query<{ object: string }>(OBJECTS);
  for (const { object } of rows) await client.query(`ALTER ${object} OWNER TO ${role}`);
  await client.query(`ALTER SCHEMA public OWNER TO ${role}`);
  await client.query(`ALTER DATABASE ${role} OWNER TO ${role}`);
}

// Indexes, triggers and the sequences of columns follow their table.
const OBJECTS = `WITH own AS (SELECT 'public'::regnamespace AS schema)
  SELECT 'TABLE ' || class.oid::regclass AS object FROM pg_class AS class, own
  WHERE relnamespace = schema AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = class.oid
      AND (deptype = 'e' OR relkind = 'S' AND deptype IN ('a', 'i')))
  UNION ALL SELECT 'TYPE ' || type.oid::regtype FROM pg_type AS type, own
  WHERE typnamespace = schema AND typtype IN ('e', 'd')
  UNION ALL SELECT 'ROUTINE ' || routine.oid::regprocedure FROM pg_proc AS routine, own
  WHERE pronamespace = schema AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = routine.oid AND deptype = 'e')
  UNION ALL SELECT format('STATISTICS %I.%I', 'public', stxname) FROM pg_statistic_ext, own WHERE stxnamespace = schema`;

async function withClient(
  connectionString: string,
  run: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString });
  client.on("error", () => {}); // the statement that it breaks tells
  await client.connect();
  try {
    await run(client);
  } finally {
    await client.end();
  }
}

/** What is there already, or was made by another starter at the same moment. */
async function ignoring(codes: string[], run: () => Promise<unknown>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!codes.includes(codeOf(error) ?? "")) throw error;
  }
}
