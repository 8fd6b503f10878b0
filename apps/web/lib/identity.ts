import "server-only";
import type { Identity } from "@calcom/features/experiments/server";
import { env } from "@calcom/lib/env";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { FIRST_SIGHT_HEADER, type MadeFor } from "@/modules/experiments/first-sight";
import { readOverrides } from "@/modules/experiments/preview/read-overrides";
import { resolveIdentity } from "@/modules/experiments/resolve-identity";
import { ownCookies, readValue, readValues } from "./own-cookies";
import { getSession, getSessionToWrite } from "./session";

/** The identity for which this request renders, found out once. */
export const getIdentity = cache(async (): Promise<Identity<number>> => {
  const given = await headers();
  const identity = await identityOf(given, (await getSession())?.user.id ?? null);
  const madeFor = given.get(FIRST_SIGHT_HEADER);
  const visitorId = madeFor === ("next-page" satisfies MadeFor) ? null : identity.visitorId;
  return { ...identity, visitorId, isFirstSight: madeFor === ("this-page" satisfies MadeFor) };
});

/**
 * The same for route handlers and the tRPC context. The proxy makes no cookie for these requests, so a cookie that they
 * bring is one that the browser has kept.
 *
 * @throws AuthError `unavailable` where it cannot be known whether somebody is signed in
 */
export async function identityFromRequest(request: Request): Promise<Identity<number>> {
  return identityOf(request.headers, (await getSessionToWrite())?.userId ?? null);
}

async function identityOf(source: Pick<Headers, "get">, userId: number | null): Promise<Identity<number>> {
  const jar = await cookies();
  const [identity, overrides] = await Promise.all([
    resolveIdentity({
      userId,
      visitorCookies: readValues(jar, ownCookies.visitor),
      consentCookie: readValue(jar, ownCookies.consent),
      headers: source,
      settings: env(),
    }),
    readOverrides(jar, userId),
  ]);
  return { ...identity, overrides };
}
