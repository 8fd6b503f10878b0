import "server-only";
import { env } from "@calcom/lib/env";
import { cookies } from "next/headers";
import { identityFromRequest } from "@/lib/identity";
import { ownCookies, readValue } from "@/lib/own-cookies";
import { posthogFor } from "@/modules/experiments/posthog-settings";
import type { ConsentChoice, Reader } from "./types";

export async function readerOf(request: Request): Promise<Reader> {
  const identity = await identityFromRequest(request);
  return {
    isConsentRequired: env().CONSENT_MODE === "required",
    choice: toChoice(readValue(await cookies(), ownCookies.consent)),
    userId: identity.userId,
    visitorId: identity.visitorId,
    posthog: posthogFor(identity),
  };
}

export function toChoice(cookie: string | undefined): ConsentChoice | null {
  return cookie === "granted" || cookie === "denied" ? cookie : null;
}
