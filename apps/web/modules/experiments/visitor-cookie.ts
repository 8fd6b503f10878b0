import "server-only";
import { mintVisitorId, VISITOR_COOKIE_MAX_AGE_SECONDS, type Visitor } from "@calcom/features/experiments";
import { env } from "@calcom/lib/env";

export function newVisitor(): Promise<Visitor> {
  return mintVisitorId(env().VISITOR_COOKIE_SECRET);
}

/** Out of reach for scripts and other sites, and as secure as the address that people open. */
export function visitorCookieOptions() {
  return {
    httpOnly: true,
    sameSite: "lax",
    secure: env().NEXTAUTH_URL.startsWith("https:"),
    path: "/",
    maxAge: VISITOR_COOKIE_MAX_AGE_SECONDS,
  } as const;
}
