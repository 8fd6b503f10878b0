import "server-only";
import { experiments, type Identity } from "@calcom/features/experiments/server";
import { logger } from "@calcom/lib/logger";
import { after } from "next/server";

const MAX_REMEMBERED = 10_000;

// Pages and routes each have an instance of this module; what one has joined, all know.
const shared = globalThis as typeof globalThis & { calcomJoinedVisitors?: Set<string> };
shared.calcomJoinedVisitors ??= new Set();
const joined = shared.calcomJoinedVisitors;

/**
 * Joins what the login could not: it failed then, or the cookie is younger than the session. After the answer, so
 * that no page waits for it, and once per node.
 */
export function joinVisitorLater({ userId, visitorId }: Identity<number>): void {
  if (userId === null || visitorId === null) return;
  const pair = `${visitorId} ${userId}`;
  if (joined.has(pair)) return;
  if (joined.size >= MAX_REMEMBERED) joined.clear();
  joined.add(pair);
  after(async () => {
    try {
      await experiments().linkVisitor(userId, visitorId);
    } catch (error) {
      joined.delete(pair);
      logger.warn("The visitor was not joined to the person who is signed in", { userId, error });
    }
  });
}
