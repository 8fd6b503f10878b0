import "server-only";
import { auth } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { isAppError } from "@calcom/lib/errors";
import { logger } from "@calcom/lib/logger";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { onSignIn, onSignOut } from "@/modules/experiments/auth-events";
import { clientAddress } from "./client-address";

const SESSION_S = 30 * 24 * 60 * 60;

let options: NextAuthOptions | undefined;

/** Made at first use, because `next build` loads the routes without an environment. */
export function authOptions(): NextAuthOptions {
  options ??= {
    secret: env().NEXTAUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_S },
    pages: { signIn: "/login", signOut: "/", error: "/login" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: (credentials, request) => authorize(credentials, new Headers(request.headers)),
      }),
    ],
    callbacks: {
      // The cookie says who somebody is, never what they may do: roles are read from the database.
      session: ({ session, token }) => ({
        ...session,
        user: { id: Number(token.sub), name: token.name ?? "", email: token.email ?? "" },
      }),
    },
    // next-auth swallows errors thrown here. That suits us: signing in and out must not fail because of an experiment.
    events: {
      signIn: ({ user }) => onSignIn({ userId: Number(user.id) }),
      signOut: () => onSignOut(),
    },
    logger: {
      error: (code, facts) => logger.error("Signing in failed", { code, facts }),
      warn: (code) => logger.debug("next-auth warns", { code }),
      debug: (code, facts) => logger.debug("next-auth", { code, facts }),
    },
  };
  return options;
}

/** A thrown message becomes the `error` of the form's `signIn`, so only codes may be thrown. */
async function authorize(credentials: unknown, headers: Headers) {
  try {
    const user = await auth().signIn(credentials, clientAddress(headers, env().TRUSTED_PROXIES));
    return user && { id: String(user.id), name: user.name, email: user.email };
  } catch (error) {
    if (isAppError(error)) throw new Error(error.code, { cause: error });
    logger.error("Checking a password failed", { error });
    throw new Error("unavailable", { cause: error });
  }
}
