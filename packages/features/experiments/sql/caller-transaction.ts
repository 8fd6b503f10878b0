import pg from "pg";
import { askDatabase } from "./database-unavailable";

/** The client that `prisma.$transaction(async (tx) => …)` hands over. */
export interface PrismaTransaction {
  $queryRawUnsafe<Rows>(text: string, ...values: string[]): PromiseLike<Rows>;
  $executeRawUnsafe(text: string, ...values: string[]): PromiseLike<number>;
}

/**
 * A client of `pg` that has begun a transaction. A pool does not do: it may run each statement on another connection.
 */
export interface PgTransaction {
  query(text: string, values: string[]): Promise<{ rows: unknown[] }>;
}

/** What Drizzle's `db.transaction(async (tx) => …)` hands over. It takes a text without values. */
export interface DrizzleTransaction {
  execute(text: string): PromiseLike<unknown>;
}

/** A transaction that the caller has begun and will end. */
export type CallerTransaction = PrismaTransaction | PgTransaction | DrizzleTransaction;

export function isTransaction(thing: unknown): thing is CallerTransaction {
  if (typeof thing !== "object" || thing === null) return false;
  return isPrisma(thing) || isDrizzle(thing) || hasMethod(thing, "query");
}

/**
 * Runs one statement of the transaction and returns its rows.
 *
 * @throws DatabaseUnavailable
 */
export function runIn(tx: CallerTransaction, text: string, values: string[] = []): Promise<unknown[]> {
  return askDatabase(async () => {
    if (isPrisma(tx)) return tx.$queryRawUnsafe<unknown[]>(text, ...values);
    if (isDrizzle(tx)) return rowsOf(await tx.execute(fillIn(text, values)));
    return (await tx.query(text, values)).rows;
  });
}

/**
 * Runs a statement without rows.
 *
 * @throws DatabaseUnavailable
 */
export async function executeIn(tx: CallerTransaction, text: string): Promise<void> {
  await askDatabase<unknown>(() => {
    if (isPrisma(tx)) return tx.$executeRawUnsafe(text);
    return isDrizzle(tx) ? tx.execute(text) : tx.query(text, []);
  });
}

function isPrisma(tx: object): tx is PrismaTransaction {
  return hasMethod(tx, "$queryRawUnsafe");
}

/** Of Drizzle alone: its `query` is no function, but an object of tables. */
function isDrizzle(tx: object): tx is DrizzleTransaction {
  return hasMethod(tx, "execute") && !hasMethod(tx, "query");
}

/** Its drivers hand rows over as they have them. */
function rowsOf(result: unknown): unknown[] {
  return Array.isArray(result) ? result : ((result as { rows?: unknown[] }).rows ?? []);
}

/** In one pass, so that nothing which a value holds is taken for a place. */
function fillIn(text: string, values: readonly string[]): string {
  return text.replaceAll(/\$(\d+)/g, (_, place: string) => pg.escapeLiteral(values[Number(place) - 1] ?? ""));
}

function hasMethod(thing: object, name: string): boolean {
  return typeof (thing as Record<string, unknown>)[name] === "function";
}

const queues = new WeakMap<object, Promise<unknown>>();

/** Runs calls for one transaction one after the other: they share settings of its connection. */
export function inTurn<Result>(tx: CallerTransaction, run: () => Promise<Result>): Promise<Result> {
  const turn = (queues.get(tx) ?? Promise.resolve()).then(run, run);
  queues.set(tx, turn);
  return turn;
}
