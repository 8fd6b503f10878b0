import "server-only";
import { CONSENT_COOKIE, VISITOR_COOKIE } from "@calcom/features/experiments";
import type { Identity } from "@calcom/features/experiments/server";
import { env } from "@calcom/lib/env";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { readOverrides } from "@/modules/experiments/preview/read-overrides";
import { resolveIdentity } from "@/modules/experiments/resolve-identity";
import { getSession } from "./session";

/** The identity for which this request renders, found out once. */
export const getIdentity = cache(async (): Promise<Identity> => identityFromHeaders(await headers()));

/** The same for route handlers and the tRPC context. */
export function identityFromRequest(request: Request): Promise<Identity> {
  return identityFromHeaders(request.headers);
}

async function identityFromHeaders(source: Pick<Headers, "get">): Promise<Identity> {
  const [jar, session] = await Promise.all([cookies(), getSession()]);
  const userId = session?.user.id ?? null;
  const [identity, overrides] = await Promise.all([
    resolveIdentity({
      userId,
      visitorCookie: jar.get(VISITOR_COOKIE)?.value,
      consentCookie: jar.get(CONSENT_COOKIE)?.value,
      headers: source,
      settings: env(),
    }),
    readOverrides(jar, userId),
  ]);
  return { ...identity, overrides };
}
