import { within } from "@calcom/lib/within";
import type { ExperimentsService } from "./experiments.service";
import type { Identity } from "./identity";

/** No page waits longer for it. While the database is that slow, deciding gives control. */
const PATIENCE_MS = 100;
const MAX_REMEMBERED = 10_000;

/**
 * Whoever signs in with somebody else's browser is not that person: they neither see nor add to what was that person's,
 * and take part once the browser has a visitor of their own.
 */
export function createOwnVisitors(experiments: () => Pick<ExperimentsService, "isOthersVisitor">) {
  const own = new Set<string>();
  return async (identity: Identity): Promise<Identity> => {
    const { userId, visitorId } = identity;
    if (userId === null || visitorId === null) return identity;
    const pair = `${visitorId} ${userId}`;
    if (own.has(pair)) return identity;
    try {
      const asked = experiments().isOthersVisitor(userId, visitorId);
      if (await within(PATIENCE_MS, asked, () => new Error("It took too long to tell whose browser it is.")))
        return { ...identity, visitorId: null, isOthersVisitor: true };
    } catch {
      // What is wrong, or away, deciding meets as well, and says so.
      return identity;
    }
    // A browser that is nobody's yet becomes somebody's, which is for good.
    if (own.size >= MAX_REMEMBERED) own.clear();
    own.add(pair);
    return identity;
  };
}
