import { auth } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { isAppError } from "@calcom/lib/errors";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "@/lib/auth-options";
import { checkSession } from "@/lib/check-session";
import { clientOf } from "@/lib/client-address";
import { NEVER_STORED, refuseFor } from "@/lib/json-endpoint";
import { ownCookies, readValue } from "@/lib/own-cookies";
import { asSession } from "@/lib/session";
import { statusOf } from "@/modules/auth/refused-sign-in";

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const [action] = (await context.params).nextauth;
  if (action === "session") return answerSession(request);
  const refusal = action === "callback" && request.method === "POST" ? await refuseWhileBusy(request) : null;
  if (refusal !== null) return refusal;
  let failure: unknown = null;
  const response = await NextAuth(
    request,
    context,
    authOptions((error) => {
      failure = error;
    }),
  );
  if (!isAppError(failure)) return response;
  // Nothing is taken from a browser whose sign-out was not stored: its owner tries again.
  return action === "signout" ? refuseFor(failure) : statusOf(response, failure);
}

/** Runs before next-auth, which would do most of its work for an attempt that is then refused. */
async function refuseWhileBusy({ cookies, headers }: NextRequest): Promise<Response | null> {
  // A known browser has places of its own in the queue.
  if (readValue(cookies, ownCookies.device) !== undefined) return null;
  try {
    await auth().requireRoom(clientOf(headers, env().TRUSTED_PROXIES));
    return null;
  } catch (error) {
    if (!isAppError(error)) throw error;
    const url = `${env().NEXTAUTH_URL}/login?${new URLSearchParams({ error: error.code })}`;
    return statusOf(Response.json({ url }, { headers: NEVER_STORED }), error);
  }
}

/** Ours and not next-auth's, which would make the token anew and with it longer. */
async function answerSession(request: NextRequest): Promise<Response> {
  try {
    const session = asSession(await checkSession(request.cookies));
    return Response.json(session ?? {}, { headers: NEVER_STORED });
  } catch (error) {
    if (isAppError(error)) return refuseFor(error);
    throw error;
  }
}

export { handle as GET, handle as POST };
