import "server-only";
import { type CheckOptions, sessions } from "@calcom/features/auth/server";
import { readSessionToken, type SessionToken } from "./session-token";

/** While the database does not answer, who was signed in a minute ago may go on reading. */
export const TOLERATED_MS = 60_000;

/**
 * What the cookie of this browser says, if its session has not ended; null for others. Pages, procedures, routes and
 * the proxy all ask here.
 *
 * @throws AuthError `unavailable` where it cannot be known now
 */
export async function checkSession(
  jar: Parameters<typeof readSessionToken>[0],
  options?: CheckOptions,
): Promise<SessionToken | null> {
  const token = await readSessionToken(jar);
  return token !== null && (await sessions().isValid(token, options)) ? token : null;
}
