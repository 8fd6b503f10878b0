import type { Database, Prisma } from "@calcom/prisma";

export interface StoredSession {
  /** How long it lasts yet, in milliseconds; not above 0 where it has ended. */
  leftMs: number;
  /** It is due to be marked as used. */
  isUnseen: boolean;
}

/** What a token without a session of its own says, of the time before there were sessions. */
export interface OldToken {
  userId: number;
  sessionId: string;
  /** Seconds since 1970. */
  issuedAt: number;
}

/** Whoever signs in again and again ends what is older than this. */
const DAYS = 30;
/** A session that nobody has used for so long has ended. */
const UNUSED_DAYS = 14;
const TIMEOUT_MS = 2_000;

export class SessionsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Null where the password was changed, or the person deleted, since the password was checked: both are serialised by
   * the row of the person.
   */
  async open(userId: number, passwordHash: string): Promise<{ id: string; expiresAt: Date } | null> {
    const rows = await this.#query<{ id: string; expiresAt: Date }>(
      `WITH expired AS (DELETE FROM "UserSession" WHERE "userId" = $1 AND "expiresAt" < clock_timestamp()),
       person AS (SELECT "id" FROM "User" WHERE "id" = $1 AND "passwordHash" = $2 FOR SHARE)
       INSERT INTO "UserSession" ("id", "userId", "expiresAt")
       SELECT gen_random_uuid(), "id", clock_timestamp() + interval '${DAYS} days' FROM person
       RETURNING "id", "expiresAt"`,
      [userId, passwordHash],
    );
    return rows[0] ?? null;
  }

  async find(sessionId: string, userId: number): Promise<StoredSession | null> {
    const rows = await this.#query<StoredSession>(
      `SELECT CASE WHEN "revokedAt" IS NOT NULL THEN 0 ELSE (1000 * extract(epoch FROM
         LEAST("expiresAt", "seenAt" + interval '${UNUSED_DAYS} days') - clock_timestamp()))::float8 END AS "leftMs",
         "seenAt" < clock_timestamp() - interval '1 hour' AS "isUnseen"
       FROM "UserSession" WHERE "id" = $1 AND "userId" = $2`,
      [sessionId, userId],
    );
    return rows[0] ?? null;
  }

  /** Gives an old token the session that it lacks, unless the person has ended all of them since. */
  async adopt({ sessionId, userId, issuedAt }: OldToken): Promise<void> {
    await this.#query(
      `WITH person AS (SELECT "id" FROM "User" WHERE "id" = $2
         AND ("sessionsEndedAt" IS NULL OR "sessionsEndedAt" < to_timestamp($3)) FOR SHARE)
       INSERT INTO "UserSession" ("id", "userId", "createdAt", "expiresAt")
       SELECT $1, "id", to_timestamp($3), to_timestamp($3) + interval '${DAYS} days' FROM person
       ON CONFLICT ("id") DO NOTHING`,
      [sessionId, userId, issuedAt],
    );
  }

  /** Written at most once an hour. */
  async touch(sessionId: string): Promise<void> {
    await this.#query(
      `UPDATE "UserSession" SET "seenAt" = clock_timestamp()
       WHERE "id" = $1 AND "seenAt" < clock_timestamp() - interval '1 hour'`,
      [sessionId],
    );
  }

  async revoke(sessionId: string, userId: number): Promise<void> {
    await this.#query(
      `UPDATE "UserSession" SET "revokedAt" = clock_timestamp()
       WHERE "id" = $1 AND "userId" = $2 AND "revokedAt" IS NULL`,
      [sessionId, userId],
    );
  }

  async revokeAll(userId: number, exceptId: string | null): Promise<void> {
    await this.#database.prisma.$transaction((tx) => revokeAll(tx, userId, exceptId));
  }

  async countOpen(userId: number): Promise<number> {
    const rows = await this.#query<{ count: number }>(
      `SELECT count(*)::int AS "count" FROM "UserSession" WHERE "userId" = $1 AND "revokedAt" IS NULL
         AND LEAST("expiresAt", "seenAt" + interval '${UNUSED_DAYS} days') > clock_timestamp()`,
      [userId],
    );
    return rows[0]?.count ?? 0;
  }

  async #query<Row extends object>(text: string, values: unknown[]): Promise<Row[]> {
    const query = { text, values, query_timeout: TIMEOUT_MS };
    const { rows } = await this.#database.pool.query<Row>(query);
    return rows;
  }
}

/** Ends sessions as a part of something more. Whoever signs in at the same moment waits for the row of the person. */
export async function revokeAll(
  tx: Prisma.TransactionClient,
  userId: number,
  exceptId: string | null,
): Promise<void> {
  await tx.$executeRaw`UPDATE "User" SET "sessionsEndedAt" = clock_timestamp() WHERE "id" = ${userId}`;
  await tx.$executeRaw`UPDATE "UserSession" SET "revokedAt" = clock_timestamp() WHERE "userId" = ${userId}
    AND "revokedAt" IS NULL AND "id" IS DISTINCT FROM ${exceptId}::uuid`;
}
