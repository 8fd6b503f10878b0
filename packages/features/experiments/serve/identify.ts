import { firstAccepted, type Secrets } from "@calcom/lib/secrets";
import { isBotAgent } from "../lib/bot";
import { cookieNames } from "../lib/cookie-names";
import { VISITOR_COOKIE, verifyVisitorId } from "../lib/visitor-id";
import type { Identity } from "./identity";

export interface IdentitySource {
  /** Of the request that asks. */
  headers: Pick<Headers, "get">;
  /** Whoever is signed in, by your own session; null for nobody. */
  userId: number | null;
  /** What the visitors' cookies are signed with, the present secret first. */
  secrets: Secrets;
  /** Whether the person agreed to take part, where your law or your site asks for that. */
  hasConsent?: boolean;
  /** Where the request comes from, as your proxies say it: new visitors are limited by it. */
  address?: string | null;
}

/** Nothing in it is the browser's word: a session, and a cookie that the server has signed. */
export async function identify(source: IdentitySource): Promise<Identity> {
  const { headers, userId, secrets, hasConsent = true, address = null } = source;
  return {
    userId,
    // A cookie from before the consent was withdrawn names nobody.
    visitorId: hasConsent ? await readVisitor(headers.get("cookie") ?? "", secrets) : null,
    // Whoever signed in is a person, whatever the agent calls itself.
    isBot: userId === null && isBotAgent(headers.get("user-agent")),
    hasConsent,
    address,
  };
}

/** The strongest name first; the first that verifies wins. */
async function readVisitor(cookie: string, secrets: Secrets): Promise<string | null> {
  const pairs = cookie.split(/;\s*/);
  for (const name of cookieNames(VISITOR_COOKIE))
    for (const pair of pairs) {
      if (!pair.startsWith(`${name}=`)) continue;
      const value = pair.slice(name.length + 1);
      const id = await firstAccepted(secrets, (secret) => verifyVisitorId(value, secret));
      if (id !== null) return id;
    }
  return null;
}
