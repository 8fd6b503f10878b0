/** Work that is done side by side. Until the first of it has succeeded, one is done at a time. */
export class Underway {
  readonly #most: number;
  readonly #work = new Set<Promise<void>>();
  #hasSucceeded = false;
  #failure: { cause: unknown } | null = null;

  constructor(most: number) {
    this.#most = most;
  }

  get isEmpty(): boolean {
    return this.#work.size === 0;
  }

  add(work: Promise<void>): void {
    const watched: Promise<void> = work
      .then(() => {
        this.#hasSucceeded = true;
      })
      .catch((cause: unknown) => {
        this.#failure ??= { cause };
      })
      .finally(() => this.#work.delete(watched));
    this.#work.add(watched);
  }

  /** Resolves once more may be added, and rejects once anything has failed. */
  async room(): Promise<void> {
    while (this.#work.size >= (this.#hasSucceeded ? this.#most : 1)) await Promise.race(this.#work);
    this.#throwFailure();
  }

  /** Resolves once one has ended, or at once where there is none, and rejects once anything has failed. */
  async next(): Promise<void> {
    if (!this.isEmpty) await Promise.race(this.#work);
    this.#throwFailure();
  }

  /** Resolves once all have ended, and rejects where anything has failed. */
  async end(): Promise<void> {
    await Promise.all(this.#work);
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== null) throw this.#failure.cause;
  }
}
