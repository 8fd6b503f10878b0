import "server-only";
import type { AuthUser } from "@calcom/features/auth";
import { getUser } from "@calcom/features/auth/server";
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

/** The person who is signed in, as the database has them now; read once per request. */
export const getCurrentUser = cache(async (): Promise<AuthUser | null> => {
  const session = await getSession();
  return session && getUser(session.user.id);
});
