import { v5 as uuidV5 } from "uuid";
import type { EventsRepository, UnsentEvent } from "../../events.repository";
import type { ExperimentEvent, ExperimentTracker } from "../tracker";

const BATCH = 100;
const SWEEP_MS = 15_000;
/** Longer than a batch takes where nothing answers; how long events wait for a node that was killed. */
const LEASE_MS = 15_000;
/** Fixed for ever: it is what makes an event that is sent again the same event. */
const NAMESPACE = "5b1c2c0e-5a0b-4a51-9f0c-3d3b5f0d8a11";

type Events = Pick<EventsRepository, "claim" | "release" | "unsent" | "markSent">;

/**
 * Sends recorded events from their rows, at least once: right after they were written, and by a sweeper whatever a
 * crash or an outage left behind. One node at a time does it for all. Nobody waits for it, and it keeps nothing
 * locked and no connection while the receiver thinks.
 */
export class EventOutbox {
  readonly #events: Events;
  readonly #tracker: ExperimentTracker;
  readonly #log: { warn(message: string, facts?: Record<string, unknown>): void };
  readonly #holder = crypto.randomUUID();
  #drain: Promise<void> | null = null;
  #isAskedAgain = false;
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
    this.#sweeper = setInterval(() => this.kick(), SWEEP_MS);
    this.#sweeper.unref();
    this.kick();
  }

  /** Something was recorded: send soon. Returns at once, and never throws. */
  kick(): void {
    if (!this.#tracker.isEnabled || this.#isClosed) return;
    if (this.#drain !== null) {
      this.#isAskedAgain = true;
      return;
    }
    // Somebody is at it, or all are told to wait: what was recorded now goes along then.
    if (this.#retry !== null) return;
    this.#drain = new Promise((resolve) => setImmediate(resolve))
      .then(() => this.#run())
      .then((waitMs) => {
        this.#drain = null;
        if (waitMs > 0) this.#kickAfter(waitMs);
        // Recorded after the last look, while the lease was given back.
        else if (this.#isAskedAgain) this.kick();
      });
  }

  /** Finishes the batch that is under way; what is left, another process sends. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    if (this.#retry !== null) clearTimeout(this.#retry);
    await this.#drain;
    await this.#tracker.close();
  }

  #kickAfter(waitMs: number): void {
    if (this.#isClosed) return;
    this.#retry = setTimeout(() => {
      this.#retry = null;
      this.kick();
    }, waitMs);
    this.#retry.unref();
  }

  /** Sends what there is; answers after how many milliseconds to come again, 0 where nothing is left. Never throws. */
  async #run(): Promise<number> {
    this.#isAskedAgain = false;
    try {
      const waitMs = await this.#events.claim(this.#holder, LEASE_MS);
      if (waitMs > 0) return waitMs;
    } catch (cause) {
      // The sweeper asks again; whoever asks the database for anything that matters has said so.
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
      // How long the pause is, the lease says.
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
      }
      const isDone = batch.length < BATCH && !this.#isAskedAgain;
      if (isDone || this.#isClosed) return;
      // Another node, to which it went in the meantime, goes on with it.
      if ((await this.#events.claim(this.#holder, LEASE_MS)) > 0) return;
    }
  }

  #warn(cause: unknown): void {
    if (!this.#wasFailureLogged)
      this.#log.warn("Experiment events could not be sent; they are kept and tried again.", { cause });
    this.#wasFailureLogged = true;
  }
}

/** Nothing for an erased subject: there is nobody left to tell of. */
export function toEvent(row: UnsentEvent): ExperimentEvent[] {
  const distinctId = distinctIdOf(row);
  if (distinctId === null) return [];
  const name = row.kind === "exposure" ? "experiment_viewed" : "experiment_conversion";
  const isOnPerson = row.kind === "exposure" && row.setPersonProperties && row.userId !== null;
  return [
    {
      // The slug too: experiments that share their assignment share the salt, and a conversion may be of both.
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
        // Like the browser's own events: a visitor becomes a person in PostHog by signing in, not by being counted.
        $process_person_profile: row.visitorId === null ? null : false,
      }),
    },
  ];
}

/** The id that the browser uses for the same subject; a team has one of its own. */
function distinctIdOf({ userId, teamId, visitorId }: UnsentEvent): string | null {
  if (userId !== null) return String(userId);
  if (teamId !== null) return `team:${teamId}`;
  return visitorId;
}

function withoutNulls(properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== null));
}
