import type { Secrets } from "@calcom/lib/secrets";
import { isBotAgent } from "../lib/bot";
import { FIRST_SIGHT_HEADER, readVisitor } from "../lib/visitor-cookie";
import type { HostId } from "../types/host-id";
import type { Identity } from "./identity";

export interface IdentitySource {
  /** Of the request that asks. */
  headers: Pick<Headers, "get">;
  /** The id of the person who is signed in, from your own session; null if there is none. */
  userId: HostId | null;
  /** What the visitors' cookies are signed with, the present secret first. */
  secrets: Secrets;
  /** Whether the person agreed to take part, where your law or your site asks for that. */
  hasConsent?: boolean;
  /** True where a page is rendered, with the headers that `prepareVisitor` has made. No other code may set these. */
  isRender?: boolean;
  /** Where the request comes from, as your proxies say it: new visitors are limited by it. */
  address?: string | null;
}

/** Nothing in it is the browser's word: a session, and a cookie that the server has signed. */
export async function identify(source: IdentitySource): Promise<Identity> {
  const { headers, userId, secrets, hasConsent = true, isRender = false, address = null } = source;
  const madeFor = isRender ? headers.get(FIRST_SIGHT_HEADER) : null;
  return {
    userId,
    // A cookie from before the consent was withdrawn names nobody.
    visitorId:
      hasConsent && madeFor !== "next-page" ? await readVisitor(headers.get("cookie") ?? "", secrets) : null,
    isFirstSight: madeFor === "this-page",
    // A signed-in user is a person, whatever the user agent says.
    isBot: userId === null && isBotAgent(headers.get("user-agent")),
    hasConsent,
    address,
  };
}
