import "server-only";
import { CONSENT_COOKIE, isBotAgent, VISITOR_COOKIE, verifyVisitorId } from "@calcom/features/experiments";
import type { Identity } from "@calcom/features/experiments/server";
import { type Env, env } from "@calcom/lib/env";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { clientAddress } from "./client-address";
import { getSession } from "./session";

/** Who this render is for; found out once per request. */
export const getIdentity = cache(async (): Promise<Identity> => identityFromHeaders(await headers()));

/** The same for route handlers and the tRPC context. */
export function identityFromRequest(request: Request): Promise<Identity> {
  return identityFromHeaders(request.headers);
}

export interface IdentitySource {
  userId: number | null;
  visitorCookie: string | undefined;
  consentCookie: string | undefined;
  headers: Pick<Headers, "get">;
  settings: Pick<Env, "VISITOR_COOKIE_SECRET" | "CONSENT_MODE" | "TRUSTED_PROXIES">;
}

/** Nothing in here is anybody's word but ours: a session and a cookie that we signed, and headers of trusted proxies. */
export async function resolveIdentity(source: IdentitySource): Promise<Identity> {
  const { userId, headers, settings } = source;
  const hasConsent = hasConsented(source.consentCookie, settings.CONSENT_MODE);
  return {
    userId,
    // A cookie from before the consent was withdrawn names nobody.
    visitorId: hasConsent
      ? await verifyVisitorId(source.visitorCookie, settings.VISITOR_COOKIE_SECRET)
      : null,
    // Whoever signed in is a person, whatever the agent calls itself.
    isBot: userId === null && isBotAgent(headers.get("user-agent")),
    hasConsent,
    address: clientAddress(headers, settings.TRUSTED_PROXIES),
  };
}

export function hasConsented(consentCookie: string | undefined, mode: Env["CONSENT_MODE"]): boolean {
  return mode === "off" || consentCookie === "granted";
}

async function identityFromHeaders(source: Pick<Headers, "get">): Promise<Identity> {
  const [jar, session] = await Promise.all([cookies(), getSession()]);
  return resolveIdentity({
    userId: session?.user.id ?? null,
    visitorCookie: jar.get(VISITOR_COOKIE)?.value,
    consentCookie: jar.get(CONSENT_COOKIE)?.value,
    headers: source,
    settings: env(),
  });
}
