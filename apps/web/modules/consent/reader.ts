import "server-only";
import { experiments } from "@calcom/features/experiments/server";
import { env } from "@calcom/lib/env";
import { isDatabaseAway } from "@calcom/lib/sql";
import { cookies } from "next/headers";
import { identityFromRequest } from "@/lib/identity";
import { ownCookies, readValue } from "@/lib/own-cookies";
import { posthogFor } from "@/modules/experiments/posthog-settings";
import { choiceOf } from "./consent-choice";
import type { Reader } from "./types";

export async function readerOf(request: Request): Promise<Reader> {
  const identity = await identityFromRequest(request);
  return {
    isConsentRequired: env().CONSENT_MODE === "required",
    choice: choiceOf(readValue(await cookies(), ownCookies.consent), request.headers),
    userId: identity.userId,
    visitorId: identity.visitorId,
    posthog: posthogFor(identity),
    stamp: await readStamp(),
  };
}

async function readStamp(): Promise<string | null> {
  try {
    return await experiments().stamp();
  } catch (error) {
    if (isDatabaseAway(error)) return null;
    throw error;
  }
}
