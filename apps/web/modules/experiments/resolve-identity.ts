import { isBotAgent, verifyVisitorId } from "@calcom/features/experiments";
import type { Identity } from "@calcom/features/experiments/server";
import type { Env } from "@calcom/lib/env";
import { clientOf } from "@/lib/client-address";

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
  const { address, isShared } = clientOf(headers, settings.TRUSTED_PROXIES);
  return {
    userId,
    // A cookie from before the consent was withdrawn names nobody.
    visitorId: hasConsent
      ? await verifyVisitorId(source.visitorCookie, settings.VISITOR_COOKIE_SECRET)
      : null,
    // Whoever signed in is a person, whatever the agent calls itself.
    isBot: userId === null && isBotAgent(headers.get("user-agent")),
    hasConsent,
    address,
    isSharedAddress: isShared,
  };
}

export function hasConsented(consentCookie: string | undefined, mode: Env["CONSENT_MODE"]): boolean {
  return mode === "off" || consentCookie === "granted";
}
