import "server-only";
import { PREVIEW_COOKIE } from "@calcom/features/experiments";
import { experimentPreviews, type Overrides } from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";

/** Cookies of a proxy's request, or of `next/headers`. */
interface Cookies {
  get(name: string): { value: string } | undefined;
}

/**
 * What the browser previews, for `decide` and the recording of events. Without a preview it costs nothing; the user
 * must be that of the session. Never throws.
 */
export async function readOverrides(cookies: Cookies, userId: number | null): Promise<Overrides> {
  const cookie = cookies.get(PREVIEW_COOKIE)?.value;
  if (cookie === undefined) return {};
  try {
    return await experimentPreviews().overrides({ userId, cookie });
  } catch (error) {
    logger.error("A preview was not shown", { error });
    return {};
  }
}
