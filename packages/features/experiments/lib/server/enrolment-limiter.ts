import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { ExperimentError } from "../../errors";
import type { Identity } from "./identity";

export interface EnrolmentLimiter {
  /** Whether one more visitor of this address may take part. */
  admits(identity: Pick<Identity, "address">): Promise<boolean>;
  /** @throws ExperimentError `rate_limited` */
  takeEvents(identity: Pick<Identity, "userId" | "visitorId" | "address">, count: number): Promise<void>;
}

// Whoever throws cookies away is a new visitor with each request: an office behind one address stays well
// below these, a script does not.
const NEW_VISITORS_PER_HOUR = 300;
// Without trusted proxies nobody's address is known, and all visitors share one count: it guards the table
// against a flood, and must not be felt by an honest site.
const NEW_VISITORS_OF_UNKNOWN_ADDRESS_PER_HOUR = 20_000;
const EVENTS_PER_MINUTE = 240;

/** Counted per node and in memory: a limit on the hot path must not cost a statement. */
export function createEnrolmentLimiter(
  limits: { newVisitorsPerHour?: number; eventsPerMinute?: number } = {},
): EnrolmentLimiter {
  const visitors = new RateLimiterMemory({
    points: limits.newVisitorsPerHour ?? NEW_VISITORS_PER_HOUR,
    duration: 3_600,
  });
  const unknown = new RateLimiterMemory({
    points: NEW_VISITORS_OF_UNKNOWN_ADDRESS_PER_HOUR,
    duration: 3_600,
  });
  const events = new RateLimiterMemory({ points: limits.eventsPerMinute ?? EVENTS_PER_MINUTE, duration: 60 });
  return {
    admits: ({ address }) => (address === null ? take(unknown, "", 1) : take(visitors, address, 1)),
    async takeEvents({ userId, visitorId, address }, count) {
      const reporter = userId !== null ? `user:${userId}` : (visitorId ?? address ?? "unknown");
      if (!(await take(events, reporter, count)))
        throw new ExperimentError("rate_limited", "Too many events were reported at once: wait a minute.");
    },
  };
}

async function take(limiter: RateLimiterMemory, key: string, points: number): Promise<boolean> {
  try {
    await limiter.consume(key, points);
    return true;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return false;
    throw refusal;
  }
}
