"use server";

import type { PasswordChangeInput } from "@calcom/features/auth";
import { AuthError, passwords, sessions } from "@calcom/features/auth/server";
import { env } from "@calcom/lib/env";
import { cookies, headers } from "next/headers";
import { type ActionResult, answer } from "@/lib/action-result";
import { clientOf } from "@/lib/client-address";
import { getServerTranslation } from "@/lib/i18n-server";
import { commonAttributes } from "@/lib/own-cookies";
import { getSessionToWrite } from "@/lib/session";
import { type SessionToken, sessionCookieName } from "@/lib/session-token";
import { onSignOut } from "@/modules/experiments/auth-events";

export async function changePassword(input: PasswordChangeInput): Promise<ActionResult> {
  return answer(async () => {
    const session = await requireSession();
    const client = clientOf(await headers(), env().TRUSTED_PROXIES);
    await passwords().change(session, input, client);
  });
}

/** Ends every session of the person, this one too. */
export async function signOutEverywhere(): Promise<ActionResult> {
  return answer(async () => {
    const { userId } = await requireSession();
    await sessions().endAll(userId);
    const gone = { ...commonAttributes(), httpOnly: true, maxAge: 0 };
    (await cookies()).set(sessionCookieName(), "", gone);
    await onSignOut();
  });
}

async function requireSession(): Promise<SessionToken> {
  const session = await getSessionToWrite();
  if (session !== null) return session;
  const { t } = await getServerTranslation();
  throw new AuthError("not_signed_in", t("session_has_ended"));
}
