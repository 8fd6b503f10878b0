import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import { getUser } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { lateFor, within } from "@calcom/lib/within";
import { cookies } from "next/headers";
import { connection } from "next/server";
import type { Session } from "next-auth";
import { cache } from "react";
import { checkSession, TOLERATED_MS } from "./check-session";
import type { SessionToken } from "./session-token";

/**
 * The session of this request, for pages. The account may have changed or gone since its token was made.
 *
 * @throws as `checkSession`, though not for who was signed in a minute ago
 */
export const getSession = cache(async (): Promise<Session | null> => {
  // Call this first, so that a prerender stops here: the build has no secrets.
  await connection();
  return asSession(await checkSession(await cookies(), { tolerateMs: TOLERATED_MS }));
});

/** The same for whatever writes. */
export const getSessionToWrite = cache(
  async (): Promise<SessionToken | null> => checkSession(await cookies()),
);

export function asSession(token: SessionToken | null): Session | null {
  if (token === null) return null;
  const { userId: id, name, email, expiresAt } = token;
  return { user: { id, name, email }, expires: new Date(expiresAt).toISOString() };
}

/** A page waits for its account as long as for six decisions: whatever it shows, it needs the account first. */
const DECISIONS = 6;

/**
 * The person who is signed in, as the database has them now; read once per request.
 *
 * @throws an error that `isDatabaseAway` tells, where the database does not answer soon
 */
export const getCurrentUser = cache(async (): Promise<AuthUser | null> => {
  const session = await getSession();
  return (
    session && within(DECISIONS * env().DECISION_BUDGET_MS, getUser(session.user.id), lateFor("The account"))
  );
});
