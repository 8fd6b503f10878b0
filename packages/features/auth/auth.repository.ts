import { sqlState, UNIQUE_VIOLATION } from "@calcom/lib/sql";
import type { Database } from "@calcom/prisma";
import { AuthError } from "./errors";
import type { AuthUser, UserRole } from "./types";

export interface NewUser {
  name: string;
  email: string;
  passwordHash: string;
  role: UserRole;
}

export class AuthRepository {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async findById(id: number): Promise<AuthUser | null> {
    return this.#database.prisma.user.findUnique({ where: { id }, select: publicColumns });
  }

  async findCredentials(email: string): Promise<{ user: AuthUser; passwordHash: string } | null> {
    const row = await this.#database.prisma.user.findUnique({
      where: { email },
      select: { ...publicColumns, passwordHash: true },
    });
    if (row === null) return null;
    const { passwordHash, ...user } = row;
    return { user, passwordHash };
  }

  /** @throws AuthError `email_taken` at the field `email`, also where two sign up in the same moment */
  async create(data: NewUser): Promise<AuthUser> {
    try {
      return await this.#database.prisma.user.create({ data, select: publicColumns });
    } catch (cause) {
      if (sqlState(cause) !== UNIQUE_VIOLATION) throw cause;
      throw new AuthError(
        "email_taken",
        "There is already an account with this address. Sign in, or use another address.",
        { field: "email", cause },
      );
    }
  }

  /** Nothing is written where the password was changed meanwhile. */
  async updatePasswordHash(id: number, { from, to }: { from: string; to: string }): Promise<void> {
    await this.#database.prisma.user.updateMany({
      where: { id, passwordHash: from },
      data: { passwordHash: to },
    });
  }

  async rename(id: number, name: string): Promise<void> {
    await this.#database.prisma.user.updateMany({ where: { id }, data: { name } });
  }
}

const publicColumns = { id: true, name: true, email: true, role: true } as const;
