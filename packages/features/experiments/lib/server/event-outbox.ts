import { v5 as uuidV5 } from "uuid";
import type { EventsRepository, UnsentEvent } from "../../events.repository";
import type { ExperimentEvent, ExperimentTracker } from "../tracker";

const BATCH = 100;
const SWEEP_MS = 15_000;
/** Fixed for ever: it is what makes an event that is sent again the same event. */
const NAMESPACE = "5b1c2c0e-5a0b-4a51-9f0c-3d3b5f0d8a11";

/**
 * Sends recorded events from their rows, at least once: right after they were written, and by a sweeper
 * whatever a crash or an outage left behind. Nobody waits for it.
 */
export class EventOutbox {
  readonly #events: Pick<EventsRepository, "sendUnsent">;
  readonly #tracker: ExperimentTracker;
  readonly #log: { warn(message: string, facts?: Record<string, unknown>): void };
  #isDraining = false;
  #isAskedAgain = false;
  #wasFailureLogged = false;
  #sweeper: NodeJS.Timeout | null = null;

  constructor(
    events: Pick<EventsRepository, "sendUnsent">,
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
    if (!this.#tracker.isEnabled) return;
    if (this.#isDraining) {
      this.#isAskedAgain = true;
      return;
    }
    this.#isDraining = true;
    setImmediate(() => void this.#drain());
  }

  async close(): Promise<void> {
    if (this.#sweeper !== null) clearInterval(this.#sweeper);
    await this.#tracker.close();
  }

  async #drain(): Promise<void> {
    try {
      let sent: number;
      do {
        this.#isAskedAgain = false;
        sent = await this.#events.sendUnsent(BATCH, (events) => this.#tracker.send(events.flatMap(toEvent)));
      } while (sent >= BATCH || this.#isAskedAgain);
      this.#wasFailureLogged = false;
    } catch (cause) {
      if (!this.#wasFailureLogged)
        this.#log.warn("Experiment events could not be sent; they are kept and tried again.", { cause });
      this.#wasFailureLogged = true;
    } finally {
      this.#isDraining = false;
    }
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
      uuid: uuidV5([row.salt, distinctId, name, row.conversionEvent, row.key].join("\n"), NAMESPACE),
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
