import "server-only";
import { type Database, database } from "@calcom/prisma";
import { AuthRepository } from "./auth.repository";
import { AuthService } from "./auth.service";
import { postgresAttemptLimits } from "./lib/server/attempt-limits";
import type { AuthUser, SignupInput } from "./types";

export { AuthService } from "./auth.service";
export { AuthError, type AuthErrorCode } from "./errors";
export { hashPassword } from "./lib/server/password";

export function createAuth(database: Database): AuthService {
  return new AuthService(new AuthRepository(database), postgresAttemptLimits(database.pool));
}

// One for all instances of this module in the process: the limits keep counts and timers of their own.
const shared = globalThis as typeof globalThis & { calcomAuth?: AuthService };

export function auth(): AuthService {
  shared.calcomAuth ??= createAuth(database());
  return shared.calcomAuth;
}

/** The first administrator is made here, on the command line. */
export function createAdmin(input: SignupInput): Promise<AuthUser> {
  return auth().createAdmin(input);
}

/**
 * Reads the role from the database: a session would keep a demoted administrator.
 *
 * @throws AuthError `not_signed_in` or `not_allowed`
 */
export function requireAdmin(userId: number | null): Promise<AuthUser> {
  return auth().requireAdmin(userId);
}

/** Null if the account was deleted since the session began. */
export function getUser(id: number): Promise<AuthUser | null> {
  return auth().getUser(id);
}
