import { DatabaseUnavailable } from "../sql/database-unavailable";
import type { AsksRepository } from "./asks.repository";

export interface AskCounterParts {
  asks: Pick<AsksRepository, "add">;
  /** The build of this node; null where what asks is no part of the application, and is not counted. */
  build: string | null;
  log: { warn(message: string, facts?: Record<string, unknown>): void };
}

/**
 * Counts in memory which experiments code asks for, until it is written. It holds as many numbers as there are
 * experiments, since nothing else is counted: an invented slug leaves no trace.
 */
export class AskCounter {
  readonly #parts: AskCounterParts;
  #counts = new Map<string, number>();
  #isFailing = false;

  constructor(parts: AskCounterParts) {
    this.#parts = parts;
  }

  /** Counts one question for an experiment that there is, drafts included. */
  note(slug: string): void {
    this.#counts.set(slug, (this.#counts.get(slug) ?? 0) + 1);
  }

  /** Writes what was counted since the last time. What cannot be written goes with the next time; never rejects. */
  async flush(): Promise<void> {
    const { asks, build, log } = this.#parts;
    const counts = this.#counts;
    this.#counts = new Map();
    if (build === null || counts.size === 0) return;
    try {
      await asks.add(build, counts);
      this.#isFailing = false;
    } catch (error) {
      for (const [slug, count] of counts) this.#counts.set(slug, count + (this.#counts.get(slug) ?? 0));
      // The database tells of its outage elsewhere.
      if (!this.#isFailing && !(error instanceof DatabaseUnavailable))
        log.warn("Which code asks for experiments could not be written down", { error });
      this.#isFailing = true;
    }
  }
}
