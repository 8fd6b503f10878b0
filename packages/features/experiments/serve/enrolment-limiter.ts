import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { ExperimentError } from "../types/errors";
import type { Identity } from "./identity";

export interface EnrolmentLimiter {
  /** Takes a place for one more visitor of this address; false if there is none left. */
  admits(identity: Pick<Identity, "address">): Promise<boolean>;
  /** @throws ExperimentError `rate_limited` */
  takeEvents(identity: Pick<Identity, "userId" | "visitorId" | "address">, count: number): Promise<void>;
}

// A client that throws cookies away is a new visitor with each request. An office behind one address stays well below
// these limits; a script does not.
const NEW_VISITORS_PER_HOUR = 300;
// Without trusted proxies no address is known, and all visitors share one count. It protects the table against a flood,
// and an honest site must not notice it.
const NEW_VISITORS_OF_UNKNOWN_ADDRESS_PER_HOUR = 20_000;
const EVENTS_PER_MINUTE = 240;

/** Counts in the memory of each node: a limit on the hot path must not cost a statement. */
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
    admits: ({ address }) =>
      address === null ? take(unknown, "", 1) : take(visitors, findNetwork(address), 1),
    async takeEvents({ userId, visitorId, address }, count) {
      const reporter = userId !== null ? `user:${userId}` : (visitorId ?? findNetwork(address ?? "unknown"));
      if (!(await take(events, reporter, count)))
        throw new ExperimentError("rate_limited", "Too many events were reported at once: wait a minute.");
    },
  };
}

/** An IPv6 subscriber has 2⁶⁴ addresses, so count by the prefix that they share. */
function findNetwork(address: string): string {
  if (!address.includes(":")) return address;
  const [left = [], right = []] = address.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":");
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
