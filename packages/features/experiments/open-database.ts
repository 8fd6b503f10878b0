import pg from "pg";
import { quoteName } from "./sql/quote-name";
import type { Pool } from "./sql/runner";

/** Where the module's tables are, and how they are reached. */
export interface DatabaseSettings {
  url: string;
  /** The schema that "init" was given; "experiments" by default. */
  schema?: string;
  /** Behind a pooler such as pgbouncer: the database itself. There the role has the schema on its search path. */
  directUrl?: string | undefined;
  /** Where results are read, if not there. */
  replicaUrl?: string | undefined;
  /** Connections of one process at most, 10 by default. */
  max?: number;
}

export interface OpenedDatabase {
  pool: Pool;
  close(): Promise<void>;
}

/** Connections that find the module by its schema first, and what is the host's by its own. */
export function openDatabase(settings: DatabaseSettings): OpenedDatabase {
  return open(settings.url, settings, {
    isPooled: settings.directUrl !== undefined,
    max: settings.max ?? 10,
  });
}

/** The one connection on which changes are heard. */
export function openDirect(settings: DatabaseSettings): OpenedDatabase | undefined {
  if (settings.directUrl === undefined) return undefined;
  return open(settings.directUrl, settings, { isPooled: false, max: 1 });
}

/** One recount runs at a time, and takes two. */
export function openReplica(settings: DatabaseSettings): OpenedDatabase | undefined {
  if (settings.replicaUrl === undefined) return undefined;
  return open(settings.replicaUrl, settings, { isPooled: false, max: 2 });
}

export function schemaOf({ schema = "experiments" }: DatabaseSettings): string {
  quoteName(schema);
  return schema;
}

function open(
  connectionString: string,
  settings: DatabaseSettings,
  { isPooled, max }: { isPooled: boolean; max: number },
): OpenedDatabase {
  const schema = schemaOf(settings);
  const pool = new pg.Pool({
    connectionString,
    max,
    connectionTimeoutMillis: 3_000,
    query_timeout: 15_000,
    application_name: "experiments",
    // A job ends when its work has; a server is kept alive by its socket.
    allowExitOnIdle: true,
    // Poolers refuse what they cannot keep to.
    ...(isPooled ? {} : { options: `-c search_path=${searchPath(schema)}` }),
  });
  // An idle connection that breaks is replaced by the pool. Unheard, the event would end the process.
  pool.on("error", () => {});
  return { pool, close: () => pool.end() };
}

/** A name holds no character that these options would have to escape. */
function searchPath(schema: string): string {
  return schema === "public" ? `"public"` : `"${schema}",public`;
}
