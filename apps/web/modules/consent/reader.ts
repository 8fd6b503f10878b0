import "server-only";
import { CONSENT_COOKIE } from "@calcom/features/experiments";
import { env } from "@calcom/lib/env";
import { cookies } from "next/headers";
import { identityFromRequest } from "@/lib/identity";
import { posthogFor } from "@/modules/experiments/posthog-settings";
import type { ConsentChoice, Reader } from "./types";

export async function readerOf(request: Request): Promise<Reader> {
  const identity = await identityFromRequest(request);
  return {
    isConsentRequired: env().CONSENT_MODE === "required",
    choice: toChoice((await cookies()).get(CONSENT_COOKIE)?.value),
    userId: identity.userId,
    visitorId: identity.visitorId,
    posthog: posthogFor(identity),
  };
}

export function toChoice(cookie: string | undefined): ConsentChoice | null {
  return cookie === "granted" || cookie === "denied" ? cookie : null;
}
