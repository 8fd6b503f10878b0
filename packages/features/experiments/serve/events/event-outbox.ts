import { every, later, outsideRequest } from "@calcom/lib/outside-request";
import { count } from "@calcom/lib/telemetry";
import { atMost } from "@calcom/lib/within";
import { v5 as uuidV5 } from "uuid";
import type { ExperimentEvent, ExperimentTracker } from "../../lib/tracker";
import type { EventsRepository, UnsentEvent } from "./events.repository";

const BATCH = 100;
const SWEEP_MS = 15_000;
const SWEEP_PATIENCE_MS = 8_000;
/** Longer than a batch takes when nothing answers. For so long, events wait for a node that was killed. */
const LEASE_MS = 15_000;
/** Never change this namespace: it gives an event that is sent again the same uuid. */
const NAMESPACE = "5b1c2c0e-5a0b-4a51-9f0c-3d3b5f0d8a11";

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
  async sweep(): Promise<number> {
    const before = this.#sent;
    this.kick();
    await atMost(SWEEP_PATIENCE_MS, this.#drain);
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

  async #sendAll(): Promise<void> {
    for (;;) {
      this.#isAskedAgain = false;
      const batch = await this.#events.unsent(BATCH);
      if (batch.length > 0) {
        await this.#tracker.send(batch.flatMap(toEvent));
        await this.#events.markSent(batch);
        this.#sent += batch.length;
        count("experiments.events.sent", {}, batch.length);
      }
      const isDone = batch.length < BATCH && !this.#isAskedAgain;
      if (isDone || this.#isClosed) return;
      // The lease went to another node in the meantime, which goes on.
      if ((await this.#events.claim(this.#holder, LEASE_MS)) > 0) return;
    }
  }

  #warn(cause: unknown): void {
    count("experiments.events.failures");
    if (!this.#wasFailureLogged)
      this.#log.warn("Experiment events could not be sent; they are kept and tried again.", { cause });
    this.#wasFailureLogged = true;
  }
}

/** Null for an erased subject, of whom nothing may be sent any more. */
export function toEvent(row: UnsentEvent): ExperimentEvent[] {
  const distinctId = chooseDistinctId(row);
  if (distinctId === null) return [];
  const name = row.kind === "exposure" ? "experiment_viewed" : "experiment_conversion";
  const isOnPerson = row.kind === "exposure" && row.setPersonProperties && row.userId !== null;
  return [
    {
      // The slug is part of the name: experiments that share their assignment share the salt, and one conversion may
      // count in both.
      uuid: uuidV5(
        [row.salt, row.slug, distinctId, name, row.conversionEvent, row.key].join("\n"),
        NAMESPACE,
      ),
      name,
      distinctId,
      timestamp: row.occurredAt,
      properties: withoutNulls({
        experiment_slug: row.slug,
        variant: row.variant,
        assignment_type: row.assignmentType,
        user_id: row.userId,
        team_id: row.teamId,
        visitor_id: row.visitorId,
        conversion_event: row.conversionEvent,
        value: row.value === null ? null : Number(row.value),
        [`$feature/${row.slug}`]: row.variant,
        $groups: row.teamId === null ? null : { team: String(row.teamId) },
        $set: isOnPerson ? { [`experiment_${row.slug}`]: row.variant } : null,
        // As in the browser's own events: a visitor becomes a person in PostHog by signing in, not by being counted.
        $process_person_profile: row.visitorId === null ? null : false,
      }),
    },
  ];
}

/** The id that the browser uses for the same subject. A team has one of its own. */
function chooseDistinctId({ userId, teamId, visitorId }: UnsentEvent): string | null {
  if (userId !== null) return String(userId);
  if (teamId !== null) return `team:${teamId}`;
  return visitorId;
}

function withoutNulls(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}
