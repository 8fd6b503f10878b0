/** Runs `work` again and again, never twice at once, until it is closed. Keeps no process alive. */
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

  /** For the first time at once. */
  start(): void {
    if (this.#isClosed) return;
    this.#running = this.#work().finally(() => {
      if (this.#isClosed) return;
      this.#timeout = setTimeout(() => this.start(), this.#everyMs);
      this.#timeout.unref();
    });
  }

  /** Resolves once nothing is under way. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timeout !== null) clearTimeout(this.#timeout);
    await this.#running.catch(() => {});
  }
}
