import "server-only";
import { env, jobEnv } from "@calcom/lib/env";
import { type Secrets, secretsFrom } from "@calcom/lib/secrets";
import { type Database, database } from "@calcom/prisma";
import { AttemptsRepository } from "./attempts.repository";
import { AuthRepository } from "./auth.repository";
import { AuthService } from "./auth.service";
import { createAttemptLimits } from "./lib/server/attempt-limits";
import { rememberDevice } from "./lib/server/device-cookie";
import { createMailer, type Mailer } from "./lib/server/mailer";
import { SessionMemory } from "./lib/server/session-memory";
import { PasswordsRepository } from "./passwords.repository";
import { PasswordsService } from "./passwords.service";
import { SessionsRepository } from "./sessions.repository";
import { SessionsService } from "./sessions.service";
import type { AuthUser, SignupInput } from "./types";

export type { AuthService, SignedIn } from "./auth.service";
export { AuthError, type AuthErrorCode } from "./errors";
export { hashPassword } from "./lib/server/password";
export type { PasswordsService, ResetLetter } from "./passwords.service";
export type { CheckOptions, SessionsService } from "./sessions.service";
export { readClaims, type SessionClaims } from "./utils/session-claims";

export interface AuthModule {
  auth: AuthService;
  passwords: PasswordsService;
  sessions: SessionsService;
  /** Keeps this node's sessions in step with what other nodes announce. */
  announcements: SessionAnnouncements;
}

/** What a node listens for, besides its experiments. */
export interface SessionAnnouncements {
  channel: string;
  onNotice(payload: string): void;
  onHearing(): void;
  onLost(): void;
}

export interface AuthModuleOptions {
  secrets?: () => Secrets;
  mailer?: () => Mailer | null;
  address?: () => string;
  budgetMs?: () => number;
}

export function createAuthModule(
  database: Database,
  {
    secrets = ownSecrets,
    mailer = processMailer,
    address = () => env().NEXTAUTH_URL,
    budgetMs = () => jobEnv().DECISION_BUDGET_MS,
  }: AuthModuleOptions = {},
): AuthModule {
  const limits = createAttemptLimits(new AttemptsRepository(database));
  const stored = new SessionsRepository(database);
  const memory = new SessionMemory();
  const sessions = new SessionsService({ repository: stored, memory, budgetMs });
  return {
    auth: new AuthService({ repository: new AuthRepository(database), limits, sessions: stored, secrets }),
    passwords: new PasswordsService({
      repository: new PasswordsRepository(database),
      limits,
      mailer,
      forget: (userId) => sessions.forget(userId),
      resetPage: () => new URL("/reset-password/new", address()).href,
    }),
    sessions,
    announcements: {
      channel: "user_session",
      onNotice: (payload) => sessions.forget(Number(payload)),
      onHearing: () => memory.hear(),
      onLost: () => memory.lose(),
    },
  };
}

function ownSecrets(): Secrets {
  return secretsFrom(env().NEXTAUTH_SECRET, env().NEXTAUTH_SECRET_PREVIOUS);
}

/** Accounts alone, for commands and tests. */
export function createAuth(database: Database): AuthService {
  return createAuthModule(database).auth;
}

// One for all instances of this module in the process: limits and sessions are remembered here.
const shared = globalThis as typeof globalThis & {
  calcomAuth?: AuthModule;
  calcomMailer?: Mailer | null;
};

function processModule(): AuthModule {
  shared.calcomAuth ??= createAuthModule(database());
  return shared.calcomAuth;
}

function processMailer(): Mailer | null {
  const { SMTP_URL, MAIL_FROM, NEXTAUTH_URL } = env();
  shared.calcomMailer ??=
    SMTP_URL === undefined
      ? null
      : createMailer({ url: SMTP_URL, from: MAIL_FROM ?? `no-reply@${new URL(NEXTAUTH_URL).hostname}` });
  return shared.calcomMailer;
}

export function auth(): AuthService {
  return processModule().auth;
}

export function passwords(): PasswordsService {
  return processModule().passwords;
}

export function sessions(): SessionsService {
  return processModule().sessions;
}

export function sessionAnnouncements(): SessionAnnouncements {
  return processModule().announcements;
}

/** The cookie by which a browser is known for an account, where it did not sign in: after a link from the mailbox. */
export function knownDevice(email: string, deviceCookie: string | undefined): string {
  return rememberDevice(email, deviceCookie, ownSecrets());
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
