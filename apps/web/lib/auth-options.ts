import "server-only";
import { auth, sessions } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { isAppError } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import { logSecurity } from "@calcom/lib/security-log";
import { cookies } from "next/headers";
import type { NextAuthOptions, User } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { onSignIn, onSignOut } from "@/modules/experiments/auth-events";
import { clientOf } from "./client-address";
import { keepDeviceCookie, readDeviceCookie } from "./device-cookie";
import { readSessionToken, tokenFormat } from "./session-token";

const SESSION_S = 30 * 24 * 60 * 60;

/**
 * The options for one request. next-auth keeps to itself why something has failed; `onFailure` is told.
 */
export function authOptions(onFailure: (error: unknown) => void): NextAuthOptions {
  return {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_S },
    jwt: tokenFormat,
    pages: { signIn: "/login", signOut: "/", error: "/login" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: (credentials, request) => authorize(credentials, new Headers(request.headers), onFailure),
      }),
    ],
    callbacks: {
      // The cookie says who somebody is, never what they may do: roles are read from the database.
      jwt: ({ token, user }) =>
        user === undefined
          ? token
          : { ...token, sid: user.session.id, ends: Math.floor(user.session.expiresAt.getTime() / 1_000) },
    },
    // next-auth swallows errors thrown here. That suits us: signing in and out must not fail because of an experiment.
    events: {
      signIn: ({ user }) => onSignIn({ userId: Number(user.id) }),
      async signOut() {
        try {
          await endSession();
        } catch (error) {
          onFailure(error);
          return;
        }
        await onSignOut();
      },
    },
    logger: {
      error: (code, facts) => logger.error("Signing in failed", { code, facts }),
      warn: (code) => logger.debug("next-auth warns", { code }),
      debug: (code, facts) => logger.debug("next-auth", { code, facts }),
    },
  };
}

/** A thrown message becomes the `error` of the form's `signIn`, so only codes may be thrown. */
async function authorize(
  credentials: unknown,
  headers: Headers,
  onFailure: (error: unknown) => void,
): Promise<User | null> {
  try {
    const client = clientOf(headers, env().TRUSTED_PROXIES);
    const deviceCookie = await readDeviceCookie();
    const signedIn = await auth().signIn(credentials, { client, deviceCookie });
    if (signedIn === null) {
      logSecurity("sign_in_failed", { address: client.address });
      return null;
    }
    logSecurity("sign_in", { userId: signedIn.user.id, address: client.address });
    await keepDeviceCookie(signedIn.deviceCookie);
    // Whoever was signed in here before is not any more.
    await endSession().catch((error) => logger.warn("An earlier session was not ended", { error }));
    const { id, name, email } = signedIn.user;
    return { id: String(id), name, email, session: signedIn.session };
  } catch (error) {
    onFailure(error);
    if (isAppError(error)) throw new Error(error.code, { cause: error });
    logger.error("Checking a password failed", { error });
    throw new Error("unavailable", { cause: error });
  }
}

/** Ends the session of this browser, if it has one. */
async function endSession(): Promise<void> {
  const token = await readSessionToken(await cookies());
  if (token !== null) await sessions().end(token);
}
