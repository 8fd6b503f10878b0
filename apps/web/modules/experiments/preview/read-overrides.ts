import "server-only";
import { experimentPreviews, type Overrides } from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { ownCookies, type ReadableJar, readValue } from "@/lib/own-cookies";

/**
 * What the browser previews, for `decide` and the recording of events. Without a preview it costs nothing; the user
 * must be that of the session. Never throws.
 */
export async function readOverrides(cookies: ReadableJar, userId: number | null): Promise<Overrides> {
  const cookie = readValue(cookies, ownCookies.preview);
  if (cookie === undefined) return {};
  try {
    return await experimentPreviews().overrides({ userId, cookie });
  } catch (error) {
    logger.error("A preview was not shown", { error });
    return {};
  }
}
