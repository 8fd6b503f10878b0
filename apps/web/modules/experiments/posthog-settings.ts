import "server-only";
import type { Identity } from "@calcom/features/experiments/server";
import { env } from "@calcom/lib/env";

/** Passes on what browsers send. Lists of blockers know "ingest", "analytics" and "posthog"; ours is none of them. */
export const RELAY_PATH = "/api/relay";

/** What the browser's SDK is started with; null without a key or consent, and for bots: then it is never loaded. */
export function posthogFor({
  hasConsent,
  isBot,
}: Pick<Identity, "hasConsent" | "isBot">): { key: string; host: string } | null {
  const { POSTHOG_KEY: key } = env();
  return key !== undefined && hasConsent && !isBot ? { key, host: RELAY_PATH } : null;
}
