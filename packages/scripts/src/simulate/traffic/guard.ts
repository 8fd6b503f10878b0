import { trackerSettings } from "@calcom/lib/env-of-trackers";
import { codeOf, ScriptError } from "@calcom/lib/script-error";
import pg from "pg";

const LOCAL = new Set(["localhost", "127.0.0.1", "[::1]", "::1", ""]);
/** Addresses that nobody has (RFC 2606, RFC 6761). */
const NOBODYS = `\\.(example|test|invalid|localhost)$|@example\\.(com|net|org)$`;

/** @throws ScriptError where the settings alone say that invented people have no business here */
export function refuseByEnvironment(env: NodeJS.ProcessEnv): void {
  if (env.NODE_ENV === "production")
    throw new ScriptError("NODE_ENV is production: invented visitors belong into a demo. Unset it for one.");
  const tracker = trackerSettings.find((name) => env[name]);
  if (tracker !== undefined)
    throw new ScriptError(
      `${tracker} is set, so that invented people would reach your analytics: unset it, for the application too.`,
    );
  const given = env.DATABASE_URL;
  if (given && !LOCAL.has(hostOf(given)))
    throw new ScriptError(
      `DATABASE_URL leads to ${hostOf(given)}: invented visitors are for a database on this machine. Unset it for the embedded one.`,
    );
}

function hostOf(url: string): string {
  try {
    const parsed = new URL(url);
    return parsed.searchParams.get("host")?.startsWith("/") ? "" : parsed.hostname;
  } catch {
    throw new ScriptError("DATABASE_URL is no address of a PostgreSQL database: correct it, or unset it.");
  }
}

/**
 * A tunnel to a production database looks as if it were here: whoever has an address at which mail arrives is no demo.
 * Asked before anything is written, migrations included.
 *
 * @throws ScriptError
 */
export async function refuseRealPeople(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, query_timeout: 30_000 });
  client.on("error", () => {}); // the query that it breaks tells
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM "User" WHERE "email" !~* $1`,
      [NOBODYS],
    );
    const count = rows[0]?.count ?? 0;
    if (count > 0)
      throw new ScriptError(
        `The database of DATABASE_URL has ${count} ${count === 1 ? "user" : "users"} with a real e-mail address: invented visitors are for a demo.`,
      );
  } catch (error) {
    // A database that is still empty has nobody in it.
    if (codeOf(error) !== "42P01") throw error;
  } finally {
    await client.end();
  }
}
