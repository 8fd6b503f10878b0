import { findNetwork } from "@calcom/lib/network";
import { RateLimit } from "@calcom/lib/rate-limit";
import { strike } from "@calcom/lib/strike";
import { ExperimentError } from "../types/errors";
import type { Identity } from "./identity";

export interface EnrolmentLimiter {
  /**
   * Takes a place for one more visitor of this address; false if there is none left. Visitors at their first sight have
   * places of their own: a browser that keeps no cookie takes none of those that do.
   */
  admits(identity: Pick<Identity, "address" | "isSharedAddress" | "isFirstSight">): boolean;
  /** @throws ExperimentError `rate_limited` */
  takeEvents(identity: Pick<Identity, "userId" | "visitorId" | "address">, count: number): void;
}

export interface EnrolmentLimits {
  newVisitorsPerHour?: number;
  /** Of an address behind which many people may be. */
  newVisitorsOfManyPerHour?: number;
  eventsPerMinute?: number;
  clock?: () => number;
}

// A client that throws cookies away is a new visitor with each request. An office behind one address stays well below
// these limits; a script does not.
const NEW_VISITORS_PER_HOUR = 300;
// A proxy that nobody has told us to trust looks like one client. The count protects the table against a flood, and an
// honest site must not notice it.
const NEW_VISITORS_OF_MANY_PER_HOUR = 20_000;
// Once a flood has spent that count, as many still take part: it is over as soon as the flood is, not an hour later.
const NEW_VISITORS_BEYOND_PER_SECOND = 4;
const EVENTS_PER_MINUTE = 240;
/** Beyond the reporters that are counted apart, as many share one count. */
const SHARED_REPORTERS = 1_000;
const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Counts in the memory of each node: a limit on the hot path must not cost a statement. */
export function createEnrolmentLimiter(limits: EnrolmentLimits = {}): EnrolmentLimiter {
  const { newVisitorsOfManyPerHour: ofMany = NEW_VISITORS_OF_MANY_PER_HOUR, clock } = limits;
  const ofTime = clock === undefined ? {} : { clock };
  const ofOne = new RateLimit({
    points: limits.newVisitorsPerHour ?? NEW_VISITORS_PER_HOUR,
    windowMs: HOUR_MS,
    sharedPoints: ofMany,
    ...ofTime,
  });
  const ofShared = new RateLimit({ points: ofMany, windowMs: HOUR_MS, ...ofTime });
  const beyond = new RateLimit({ points: NEW_VISITORS_BEYOND_PER_SECOND, windowMs: SECOND_MS, ...ofTime });
  const points = limits.eventsPerMinute ?? EVENTS_PER_MINUTE;
  const events = new RateLimit({
    points,
    windowMs: MINUTE_MS,
    sharedPoints: SHARED_REPORTERS * points,
    ...ofTime,
  });
  return {
    admits({ address, isSharedAddress = address === null, isFirstSight = false }) {
      const network = address === null ? "unknown" : findNetwork(address);
      const visitors = isSharedAddress ? ofShared : ofOne;
      const group = isFirstSight ? `${network} ${FIRST_SIGHT}` : network;
      if (visitors.take(group)) return true;
      strike(
        isSharedAddress ? "experiments.new_visitors_of_many" : "experiments.new_visitors",
        isSharedAddress ? { network, hint: SEE_PROXIES } : { network },
      );
      return (isSharedAddress || visitors.isShared(group)) && beyond.take(group);
    },
    takeEvents({ userId, visitorId, address }, reports) {
      const reporter = userId !== null ? `user:${userId}` : (visitorId ?? findNetwork(address ?? "unknown"));
      if (events.take(reporter, reports)) return;
      strike("experiments.events");
      throw new ExperimentError("rate_limited", "Too many events were reported at once: wait a minute.", {
        details: { retryAfterSeconds: events.secondsLeft() },
      });
    },
  };
}

const FIRST_SIGHT = "at first sight";
const SEE_PROXIES =
  "Behind a proxy all visitors look like this one client until TRUSTED_PROXIES names it: a few a second still take part.";
