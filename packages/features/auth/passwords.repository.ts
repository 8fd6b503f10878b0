import type { Database } from "@calcom/prisma";
import { revokeAll } from "./sessions.repository";

/** How long a link to choose a new password is good for. */
export const RESET_MINUTES = 30;

export interface Holder {
  userId: number;
  name: string;
  email: string;
}

export class PasswordsRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findHash(userId: number): Promise<string | null> {
    const row = await this.#database.prisma.user.findUnique({
      where: { id: userId },
      select: { passwordHash: true },
    });
    return row?.passwordHash ?? null;
  }

  /** Stores a new password and ends all sessions but one. False where somebody else has changed it meanwhile. */
  async change(
    userId: number,
    { from, to }: { from: string; to: string },
    keptSessionId: string,
  ): Promise<boolean> {
    return this.#database.prisma.$transaction(async (tx) => {
      const { count } = await tx.user.updateMany({
        where: { id: userId, passwordHash: from },
        data: { passwordHash: to },
      });
      if (count === 0) return false;
      await tx.passwordReset.deleteMany({ where: { userId } });
      await revokeAll(tx, userId, keptSessionId);
      return true;
    });
  }

  /** Null where nobody has this address. Links that have expired are removed. */
  async addReset(email: string, tokenHash: string): Promise<{ userId: number } | null> {
    const { prisma } = this.#database;
    const user = await prisma.user.findUnique({ where: { email }, select: { id: true } });
    if (user === null) return null;
    await prisma.$executeRaw`DELETE FROM "PasswordReset" WHERE "expiresAt" < clock_timestamp()`;
    await prisma.$executeRaw`INSERT INTO "PasswordReset" ("tokenHash", "userId", "expiresAt")
      VALUES (${tokenHash}, ${user.id}, clock_timestamp() + make_interval(mins => ${RESET_MINUTES}::int))`;
    return { userId: user.id };
  }

  /** Whose link it is; null where it has expired or was used. */
  async findReset(tokenHash: string): Promise<Holder | null> {
    const rows = await this.#database.prisma.$queryRaw<Holder[]>`
      SELECT u."id" AS "userId", u."name", u."email" FROM "PasswordReset" r JOIN "User" u ON u."id" = r."userId"
      WHERE r."tokenHash" = ${tokenHash} AND r."expiresAt" > clock_timestamp()`;
    return rows[0] ?? null;
  }

  /** Uses a link up, stores the password and ends all sessions. False where the link was used meanwhile. */
  async redeemReset(tokenHash: string, passwordHash: string): Promise<boolean> {
    return this.#database.prisma.$transaction(async (tx) => {
      const rows = await tx.$queryRaw<{ userId: number }[]>`
        DELETE FROM "PasswordReset" WHERE "tokenHash" = ${tokenHash} AND "expiresAt" > clock_timestamp()
        RETURNING "userId"`;
      const [used] = rows;
      if (used === undefined) return false;
      const { userId } = used;
      await tx.user.update({ where: { id: userId }, data: { passwordHash } });
      // Whoever has the mailbox now has asked last: no older link is to change it again.
      await tx.passwordReset.deleteMany({ where: { userId } });
      await revokeAll(tx, userId, null);
      return true;
    });
  }
}
