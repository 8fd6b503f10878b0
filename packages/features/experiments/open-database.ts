import { logSilence, openWatchedPool, type WatchedPoolOptions } from "@calcom/lib/watched-pool";
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
  /** Connections of one process at most, 10 by default; one more asks whether the database is there. */
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
  return open(settings.directUrl, settings, { isPooled: false, max: 1, onSilence: logSilence("direct") });
}

/** One recount runs at a time, and takes two. */
export function openReplica(settings: DatabaseSettings): OpenedDatabase | undefined {
  if (settings.replicaUrl === undefined) return undefined;
  return open(settings.replicaUrl, settings, { isPooled: false, max: 2, onSilence: logSilence("replica") });
}

export function schemaOf({ schema = "experiments" }: DatabaseSettings): string {
  quoteName(schema);
  return schema;
}

function open(
  connectionString: string,
  settings: DatabaseSettings,
  { isPooled, ...options }: { isPooled: boolean } & Pick<WatchedPoolOptions, "max" | "onSilence">,
): OpenedDatabase {
  const schema = schemaOf(settings);
  return openWatchedPool({
    ...options,
    connectionString,
    applicationName: "experiments",
    // Poolers refuse what they cannot keep to.
    ...(isPooled ? {} : { options: `-c search_path=${searchPath(schema)}` }),
  });
}

/** A name holds no character that these options would have to escape. */
function searchPath(schema: string): string {
  return schema === "public" ? `"public"` : `"${schema}",public`;
}
