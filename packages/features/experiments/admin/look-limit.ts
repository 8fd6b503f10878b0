import { RateLimit } from "@calcom/lib/rate-limit";
import { strike } from "@calcom/lib/strike";
import { ExperimentError } from "../types/errors";
import type { HostId } from "../types/host-id";

/** More than a person reads, and too few to ask for one address after the other. */
const LOOKS_PER_MINUTE = 60;

/** Limits how many people one actor may look up or look at on this node, found or not. */
export class LookLimit {
  readonly #limit: RateLimit;

  constructor(clock?: () => number) {
    this.#limit = new RateLimit({ points: LOOKS_PER_MINUTE, windowMs: 60_000, ...(clock && { clock }) });
  }

  /** @throws ExperimentError `rate_limited` */
  take(actorId: HostId): void {
    if (this.#limit.take(String(actorId))) return;
    strike("experiments.looks", { userId: actorId });
    throw new ExperimentError(
      "rate_limited",
      "You have looked up too many people in a short time. Wait a minute.",
      {
        details: { retryAfterSeconds: this.#limit.secondsLeft() },
      },
    );
  }
}
