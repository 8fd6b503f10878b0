import "server-only";
import { mintVisitorId, VISITOR_COOKIE_MAX_AGE_SECONDS, type Visitor } from "@calcom/features/experiments";
import { env } from "@calcom/lib/env";
import { cookieOptions } from "@/lib/cookie-options";

export function newVisitor(): Promise<Visitor> {
  return mintVisitorId(env().VISITOR_COOKIE_SECRET);
}

/** People are asked again after half a year, whatever they said. */
const CONSENT_MAX_AGE_SECONDS = 180 * 24 * 60 * 60;

/** Out of reach for scripts. */
export function visitorCookieOptions() {
  return { ...cookieOptions(), httpOnly: true, maxAge: VISITOR_COOKIE_MAX_AGE_SECONDS };
}

/** Scripts read this one: pages that are open in other tabs stop at once. It names nobody. */
export function consentCookieOptions() {
  return { ...cookieOptions(), httpOnly: false, maxAge: CONSENT_MAX_AGE_SECONDS };
}
