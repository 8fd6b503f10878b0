import { isBotAgent } from "@calcom/features/experiments";
import type { Identity } from "@calcom/features/experiments/server";
import type { Env } from "@calcom/lib/env";
import { clientOf } from "@/lib/client-address";
import { hasConsented } from "@/modules/consent/consent-choice";
import { readVisitorId } from "./visitor-cookie";

export interface IdentitySource {
  userId: number | null;
  /** In the order in which they are believed. */
  visitorCookies: readonly string[];
  consentCookie: string | undefined;
  headers: Pick<Headers, "get">;
  settings: Pick<
    Env,
    "VISITOR_COOKIE_SECRET" | "VISITOR_COOKIE_SECRET_PREVIOUS" | "CONSENT_MODE" | "TRUSTED_PROXIES"
  >;
}

/** Nothing in here is anybody's word but ours: a session and a cookie that we signed, and headers of trusted proxies. */
export async function resolveIdentity(source: IdentitySource): Promise<Identity<number>> {
  const { userId, headers, settings } = source;
  const hasConsent = hasConsented(source.consentCookie, headers, settings.CONSENT_MODE);
  const { address, isShared } = clientOf(headers, settings.TRUSTED_PROXIES);
  return {
    userId,
    // A cookie from before the consent was withdrawn names nobody.
    visitorId: hasConsent ? await readVisitorId(source.visitorCookies, settings) : null,
    // Whoever signed in is a person, whatever the agent calls itself.
    isBot: userId === null && isBotAgent(headers.get("user-agent")),
    hasConsent,
    address,
    isSharedAddress: isShared,
  };
}
