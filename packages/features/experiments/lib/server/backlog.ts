import type { EventsRepository, UnsentEvent } from "./events.repository";

type Kind = UnsentEvent["kind"];

/** What was not sent yet, the oldest first, without what is on its way. */
export class Backlog {
  readonly #events: Pick<EventsRepository, "unsent">;
  readonly #underWay = new Map<string, UnsentEvent>();
  /** Up to where each kind was taken: reading goes on there, and not over the rows that were marked since. */
  readonly #from = new Map<Kind, Date>();

  constructor(events: Pick<EventsRepository, "unsent">) {
    this.#events = events;
  }

  /** Reads up to `limit` of each kind. */
  look(limit: number): Promise<UnsentEvent[]> {
    const events = [...this.#underWay.values()];
    const readKind = (kind: Kind) => ({
      from: this.#from.get(kind) ?? null,
      except: events.filter((event) => event.kind === kind).map(({ id }) => id),
    });
    return this.#events.unsent(limit, { exposure: readKind("exposure"), conversion: readKind("conversion") });
  }

  take(batch: UnsentEvent[]): UnsentEvent[] {
    for (const event of batch) {
      this.#underWay.set(event.id, event);
      this.#from.set(event.kind, event.occurredAt);
    }
    return batch;
  }

  settle(batch: UnsentEvent[]): void {
    for (const { id } of batch) this.#underWay.delete(id);
  }

  /** Begins at the oldest again: older ones may have been committed since. */
  rewind(): void {
    this.#from.clear();
  }
}
