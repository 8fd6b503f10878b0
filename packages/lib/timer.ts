import { later, outsideRequest } from "./outside-request";

/** Runs `work` again and again, never twice at once, until it is closed. Does not keep the process alive. */
export class Timer {
  readonly #work: () => Promise<unknown>;
  readonly #everyMs: number;
  #timeout: NodeJS.Timeout | null = null;
  #running: Promise<unknown> = Promise.resolve();
  #isClosed = false;

  constructor(work: () => Promise<unknown>, everyMs: number) {
    this.#work = work;
    this.#everyMs = everyMs;
  }

  /** Runs `work` for the first time at once. */
  start(): void {
    if (this.#isClosed) return;
    this.#running = outsideRequest(() => this.#work()).finally(() => {
      if (!this.#isClosed) this.#timeout = later(() => this.start(), this.#everyMs);
    });
  }

  /** Resolves as soon as no work is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timeout !== null) clearTimeout(this.#timeout);
    await this.#running.catch(() => {});
  }
}
