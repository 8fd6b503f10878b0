/** SQLSTATEs: the five characters by which Postgres names a failure. */
export const FOREIGN_KEY_VIOLATION = "23503";
export const UNIQUE_VIOLATION = "23505";
/** A statement ran into its limit, or somebody cancelled it. */
export const QUERY_CANCELED = "57014";
/** A lock was not to be had in time. */
export const LOCK_NOT_AVAILABLE = "55P03";
/** Raised by our own trigger: the slug belonged to an experiment that was deleted. */
export const SLUG_USED_BEFORE = "CX001";

/** The largest id that a column of type integer holds: a larger one would fail in the database. */
export const MAX_ROW_ID = 2 ** 31 - 1;

/** A pattern for LIKE that finds what contains the text, whatever characters it has. */
export function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, "\\$&")}%`;
}

/** The SQLSTATE of a database error, wherever a driver or an ORM has put it; null for any other error. */
export function sqlState(error: unknown): string | null {
  for (const { code, originalCode } of layers(error)) {
    const state = [originalCode, code].find(isSqlState);
    if (state !== undefined) return state;
  }
  return null;
}

/**
 * Whether the database could not be asked: it is away, full, shutting down, takes no writes, or is slower than somebody
 * waits. The same call may succeed in a moment. Every other failure comes of the statement or of the code around it.
 */
export function isDatabaseAway(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== null) return AWAY_CLASSES.has(state.slice(0, 2)) || AWAY_STATES.has(state);
  for (const { code, kind, message } of layers(error))
    if (AWAY_CODES.has(code) || AWAY_KINDS.has(kind) || AWAY_MESSAGES.has(message)) return true;
  return false;
}

/** What everybody gets at once while the database is silent. Drivers and ORM take it for the timeout that it is. */
export class DatabaseSilent extends Error {
  readonly code = "ETIMEDOUT";
  readonly needsNoLine = true;

  constructor() {
    super("The database does not answer.");
  }
}

/** Whether a failure needs no line in the log: of a silence there is one already, and what took too long is a measure. */
export function needsNoLine(error: unknown): boolean {
  for (const layer of layers(error)) if (layer.needsNoLine === true) return true;
  return false;
}

/**
 * Whether the text of a statement, or the rows that it reads, are to blame: the same call fails again until somebody
 * mends one of the two. Transactions that were in each other's way are not.
 */
export function isFaultOfStatement(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && !state.startsWith(CONFLICTS) && !isDatabaseAway(error);
}

/** Whether a statement ran into its limit: in that time the database was there. */
export function isTooSlow(error: unknown): boolean {
  return sqlState(error) === QUERY_CANCELED;
}

const CONFLICTS = "40";

const AWAY_CLASSES = new Set([
  "08", // connection exception
  "53", // insufficient resources
  "57", // operator intervention, which a statement's timeout is too
  "58", // the server's own files and disks: also where one is missing, which is no fault of who asks
]);

/** Of classes whose other states are faults of the code. */
const AWAY_STATES = new Set([
  "25006", // it takes no writes: it is a standby, or somebody has set it so
  LOCK_NOT_AVAILABLE, // of objects that are in the wrong state (55000, 55006) no waiting helps
]);

const AWAY_CODES = new Set<unknown>([
  // Of sockets. ENOENT is a Unix socket whose server has gone.
  ...["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "ENOENT"],
  ...["EHOSTUNREACH", "EHOSTDOWN", "ENETUNREACH", "ENETDOWN", "ENOTFOUND", "EAI_AGAIN"],
  // Of Prisma: cannot reach, timeouts, connection closed, no connection free, too many connections.
  ...["P1001", "P1002", "P1008", "P1017", "P2024", "P2037"],
]);

/** What Prisma's adapter makes of a socket's failure in a raw statement. */
const AWAY_KINDS = new Set<unknown>(["DatabaseNotReachable", "SocketTimeout", "ConnectionClosed"]);

/** Failures to which pg gives no code. */
const AWAY_MESSAGES = new Set<unknown>([
  "Query read timeout",
  "timeout expired",
  "timeout exceeded when trying to connect",
  "Connection terminated",
  "Connection terminated unexpectedly",
  "Connection terminated due to connection timeout",
  "Client has encountered a connection error and is not queryable",
  "Client was closed and is not queryable",
  "Cannot use a pool after calling end on the pool",
]);

interface Layer {
  needsNoLine?: unknown;
  code?: unknown;
  originalCode?: unknown;
  kind?: unknown;
  message?: unknown;
  cause?: unknown;
  meta?: unknown;
}

/** An error, its causes, and what Prisma keeps of the driver's error. */
function* layers(error: unknown): Generator<Layer> {
  for (let layer = error; isLayer(layer); ) {
    yield layer;
    const { meta, cause }: Layer = layer;
    layer = isLayer(meta) && "driverAdapterError" in meta ? meta.driverAdapterError : cause;
  }
}

function isLayer(value: unknown): value is Layer {
  return typeof value === "object" && value !== null;
}

function isSqlState(code: unknown): code is string {
  return typeof code === "string" && SQLSTATE.test(code);
}

/** Every SQLSTATE of a failure has a digit: the socket's EPIPE has none. P1001, P2010 and such are Prisma's own. */
const SQLSTATE = /^(?=.*\d)(?!P[1-9])[0-9A-Z]{5}$/;
