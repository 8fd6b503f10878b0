import { RateLimit } from "@calcom/lib/rate-limit";
import { count } from "@calcom/lib/telemetry";
import { ExperimentError } from "../types/errors";
import type { Identity } from "./identity";

export interface EnrolmentLimiter {
  /** Takes a place for one more visitor of this address; false if there is none left. */
  admits(identity: Pick<Identity, "address">): boolean;
  /** @throws ExperimentError `rate_limited` */
  takeEvents(identity: Pick<Identity, "userId" | "visitorId" | "address">, count: number): void;
}

// A client that throws cookies away is a new visitor with each request. An office behind one address stays well below
// these limits; a script does not.
const NEW_VISITORS_PER_HOUR = 300;
// Without trusted proxies no address is known, and all visitors share one count. It protects the table against a flood,
// and an honest site must not notice it.
const NEW_VISITORS_OF_UNKNOWN_ADDRESS_PER_HOUR = 20_000;
const EVENTS_PER_MINUTE = 240;
/** Beyond the reporters that are counted apart, as many share one count. */
const SHARED_REPORTERS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Counts in the memory of each node: a limit on the hot path must not cost a statement. */
export function createEnrolmentLimiter(
  limits: { newVisitorsPerHour?: number; eventsPerMinute?: number } = {},
): EnrolmentLimiter {
  const visitors = new RateLimit({
    points: limits.newVisitorsPerHour ?? NEW_VISITORS_PER_HOUR,
    windowMs: HOUR_MS,
    sharedPoints: NEW_VISITORS_OF_UNKNOWN_ADDRESS_PER_HOUR,
  });
  const unknown = new RateLimit({
    points: NEW_VISITORS_OF_UNKNOWN_ADDRESS_PER_HOUR,
    windowMs: HOUR_MS,
  });
  const points = limits.eventsPerMinute ?? EVENTS_PER_MINUTE;
  const events = new RateLimit({ points, windowMs: MINUTE_MS, sharedPoints: SHARED_REPORTERS * points });
  return {
    admits({ address }) {
      const isAdmitted = address === null ? unknown.take("") : visitors.take(findNetwork(address));
      if (!isAdmitted) count("experiments.limits.refused", { limit: "new_visitors" });
      return isAdmitted;
    },
    takeEvents({ userId, visitorId, address }, reports) {
      const reporter = userId !== null ? `user:${userId}` : (visitorId ?? findNetwork(address ?? "unknown"));
      if (events.take(reporter, reports)) return;
      count("experiments.limits.refused", { limit: "events" });
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
