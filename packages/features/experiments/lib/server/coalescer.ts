/** Thrown where work was refused or given up because the database did not keep up. */
export class OverloadedError extends Error {
  override readonly name = "OverloadedError";
}

export interface CoalescerOptions {
  /** Batches under way at once; further items wait and so make larger batches. */
  maxInFlight?: number;
  maxBatch?: number;
  /** Items that may wait; one more is refused at once, so that nothing piles up behind a dead database. */
  maxQueued?: number;
  /** How long an item may wait for its batch to begin. */
  maxWaitMs?: number;
}

interface Waiting<Item, Result> {
  item: Item;
  since: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Turns concurrent calls into few statements: what arrives while batches are under way leaves together in
 * the next one. `run` answers in the order of its items; when it fails, each of them fails.
 */
export class Coalescer<Item, Result> {
  readonly #run: (items: Item[]) => Promise<Result[]>;
  readonly #options: Required<CoalescerOptions>;
  #queue: Waiting<Item, Result>[] = [];
  #inFlight = 0;
  #isScheduled = false;

  constructor(run: (items: Item[]) => Promise<Result[]>, options: CoalescerOptions = {}) {
    this.#run = run;
    this.#options = { maxInFlight: 4, maxBatch: 200, maxQueued: 5_000, maxWaitMs: 2_000, ...options };
  }

  submit(item: Item): Promise<Result> {
    if (this.#queue.length >= this.#options.maxQueued)
      return Promise.reject(new OverloadedError("Too many calls wait for the database."));
    return new Promise((resolve, reject) => {
      this.#queue.push({ item, since: performance.now(), resolve, reject });
      this.#schedule();
    });
  }

  /** One turn of the event loop gathers the callers that are ready at the same time. */
  #schedule(): void {
    if (this.#isScheduled || this.#inFlight >= this.#options.maxInFlight) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#start();
    });
  }

  #start(): void {
    const batch = this.#takeBatch();
    if (batch.length === 0) return;
    this.#inFlight++;
    void this.#settle(batch).finally(() => {
      this.#inFlight--;
      if (this.#queue.length > 0) this.#schedule();
    });
    if (this.#queue.length > 0) this.#schedule();
  }

  #takeBatch(): Waiting<Item, Result>[] {
    const oldest = performance.now() - this.#options.maxWaitMs;
    const batch: Waiting<Item, Result>[] = [];
    let taken = 0;
    for (; taken < this.#queue.length && batch.length < this.#options.maxBatch; taken++) {
      const waiting = this.#queue[taken] as Waiting<Item, Result>;
      if (waiting.since < oldest) waiting.reject(new OverloadedError("The database did not answer in time."));
      else batch.push(waiting);
    }
    this.#queue = this.#queue.slice(taken);
    return batch;
  }

  async #settle(batch: Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
