import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import { getUser } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { within } from "@calcom/lib/within";
import { connection } from "next/server";
import { getServerSession, type Session } from "next-auth";
import { cache } from "react";
import { authOptions } from "./auth-options";

/**
 * The content of the session's cookie, decoded once per request. The account may have changed or gone since it was
 * signed.
 */
export const getSession = cache(async (): Promise<Session | null> => {
  // Call this first, so that a prerender stops here: the build has no secrets.
  await connection();
  return getServerSession(authOptions());
});

/** A page waits for its account as long as for three decisions: whatever it shows, it needs the account first. */
const DECISIONS = 3;

/**
 * The person who is signed in, as the database has them now; read once per request.
 *
 * @throws an error that `isDatabaseAway` tells, where the database does not answer soon
 */
export const getCurrentUser = cache(async (): Promise<AuthUser | null> => {
  const session = await getSession();
  return session && within(DECISIONS * env().DECISION_BUDGET_MS, getUser(session.user.id), tooLate);
});

function tooLate(): Error {
  return Object.assign(new Error("The account was not read in time."), { code: "ETIMEDOUT" });
}
