import { every, later, outsideRequest } from "@calcom/lib/outside-request";
import { count } from "@calcom/lib/telemetry";
import { atMost } from "@calcom/lib/within";
import type { ExperimentTracker } from "../tracker";
import { Backlog } from "./backlog";
import type { EventsRepository, UnsentEvent } from "./events.repository";
import { toEvent } from "./to-event";
import { Underway } from "./underway";

/** Of each kind. */
const BATCH = 250;
/** So many batches are on their way at a time, once the receiver has taken one. */
const MOST_UNDER_WAY = 8;
const SWEEP_MS = 15_000;
const SWEEP_PATIENCE_MS = 8_000;
/** Longer than a batch takes when nothing answers. For so long, events wait for a node that was killed. */
const LEASE_MS = 15_000;

type Events = Pick<EventsRepository, "claim" | "release" | "unsent" | "markSent">;

/**
 * Sends recorded events from their rows, at least once: right after they were written, and by a sweeper after a crash
 * or an outage. One node at a time sends for all. Callers do not wait for it, and it holds neither locks nor a
 * connection while the receiver is slow.
 */
export class EventOutbox {
  readonly #events: Events;
  readonly #tracker: ExperimentTracker;
  readonly #log: { warn(message: string, facts?: Record<string, unknown>): void };
  readonly #holder = crypto.randomUUID();
  #drain: Promise<void> | null = null;
  #isAskedAgain = false;
  #sent = 0;
  #isClosed = false;
  #wasFailureLogged = false;
  #sweeper: NodeJS.Timeout | null = null;
  #retry: NodeJS.Timeout | null = null;

  constructor(
    events: Events,
    tracker: ExperimentTracker,
    log: { warn(message: string, facts?: Record<string, unknown>): void },
  ) {
    this.#events = events;
    this.#tracker = tracker;
    this.#log = log;
  }

  start(): void {
    if (!this.#tracker.isEnabled) return;
    this.#sweeper = every(SWEEP_MS, () => this.kick());
    this.kick();
  }

  /** Call after recording: it sends soon. Returns at once, and never throws. */
  kick(): void {
    if (!this.#tracker.isEnabled || this.#isClosed) return;
    if (this.#drain !== null) {
      this.#isAskedAgain = true;
      return;
    }
    // A retry is scheduled and will send this too.
    if (this.#retry !== null) return;
    this.#drain = outsideRequest(() => new Promise((resolve) => setImmediate(resolve)))
      .then(() => outsideRequest(() => this.#run()))
      .then((waitMs) => {
        this.#drain = null;
        if (waitMs > 0) this.#kickAfter(waitMs);
        // Events may have been recorded after the last look, while the lease was given back.
        else if (this.#isAskedAgain) this.kick();
      });
  }

  /**
   * Sends what there is, and returns how many events were taken. After a few seconds it is waited for no more: what is
   * left is sent by the next one.
   */
  async sweep(patienceMs = SWEEP_PATIENCE_MS): Promise<number> {
    const before = this.#sent;
    this.kick();
    await atMost(patienceMs, this.#drain);
    return this.#sent - before;
  }

  /** Finishes the batch that is under way. Another process sends what is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#drain;
    await this.#tracker.close();
  }

  #kickAfter(waitMs: number): void {
    if (this.#isClosed) return;
    this.#retry = later(() => {
      this.#retry = null;
      this.kick();
    }, waitMs);
  }

  /** Sends what there is, and returns after how many milliseconds to come again; 0 if nothing is left. Never throws. */
  async #run(): Promise<number> {
    this.#isAskedAgain = false;
    try {
      const waitMs = await this.#events.claim(this.#holder, LEASE_MS);
      if (waitMs > 0) return waitMs;
    } catch (cause) {
      // No retry is scheduled: the sweeper comes again anyway.
      this.#warn(cause);
      return 0;
    }
    try {
      await this.#sendAll();
      await this.#events.release(this.#holder, false);
      this.#wasFailureLogged = false;
      return 0;
    } catch (cause) {
      this.#warn(cause);
      await this.#events.release(this.#holder, true).catch(() => {});
      // The lease knows how long the pause has to be.
      return 1;
    }
  }

  /**
   * Sends batches side by side, so that a receiver far away is sent as much as one nearby. While it has taken none yet
   * there is one alone: a receiver that is down is asked no more often than that. A few events that come while others
   * are on their way wait for one of those, and are read again.
   */
  async #sendAll(): Promise<void> {
    const backlog = new Backlog(this.#events);
    const underWay = new Underway(MOST_UNDER_WAY);
    try {
      for (;;) {
        this.#isAskedAgain = false;
        const batch = await backlog.look(BATCH);
        const isWhole = batch.length >= BATCH;
        const isRest = !isWhole && underWay.isEmpty;
        if (isWhole || (isRest && batch.length > 0)) underWay.add(this.#send(backlog.take(batch), backlog));
        await (isWhole ? underWay.room() : underWay.next());
        if (!isWhole) backlog.rewind();
        if (this.#isClosed || (isRest && !this.#isAskedAgain)) return;
        // The lease went to another node in the meantime, which goes on.
        if ((await this.#events.claim(this.#holder, LEASE_MS)) > 0) return;
      }
    } finally {
      await underWay.end();
    }
  }

  async #send(batch: UnsentEvent[], backlog: Backlog): Promise<void> {
    await this.#tracker.send(batch.flatMap(toEvent));
    await this.#events.markSent(batch);
    backlog.settle(batch);
    this.#sent += batch.length;
    count("experiments.events.sent", {}, batch.length);
  }

  #warn(cause: unknown): void {
    count("experiments.events.failures");
    if (!this.#wasFailureLogged)
      this.#log.warn("Experiment events could not be sent; they are kept and tried again.", { cause });
    this.#wasFailureLogged = true;
  }
}
