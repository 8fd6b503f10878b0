import { outsideRequest } from "@calcom/lib/outside-request";
import { DatabaseUnavailable } from "./database-unavailable";

export interface CoalescerOptions {
  /** How many batches may run at once. Further items wait, and so make larger batches. */
  maxInFlight?: number;
  /** The most items in a batch. A single call with more makes a batch of its own. */
  maxBatch?: number;
  /** How many items may wait. One more is refused at once, so that nothing piles up behind a dead database. */
  maxQueued?: number;
  /** How long an item may wait for its batch to begin. */
  maxWaitMs?: number;
}

interface Call<Item, Result> {
  items: readonly Item[];
  since: number;
  resolve(results: Result[]): void;
  reject(error: unknown): void;
}

/**
 * Gathers concurrent calls into few statements: calls that arrive while batches run leave together in the next one.
 * `run` answers in the order of its items; if it fails, all calls in its batch fail.
 */
export class Coalescer<Item, Result> {
  readonly #run: (items: Item[]) => Promise<Result[]>;
  readonly #options: Required<CoalescerOptions>;
  #queue: Call<Item, Result>[] = [];
  #queuedItems = 0;
  #inFlight = 0;
  #isScheduled = false;

  constructor(run: (items: Item[]) => Promise<Result[]>, options: CoalescerOptions = {}) {
    this.#run = run;
    this.#options = { maxInFlight: 4, maxBatch: 200, maxQueued: 5_000, maxWaitMs: 2_000, ...options };
  }

  /** Answers in the order of the items, which stay together: a page that asks for twenty waits for one promise. */
  submit(items: readonly Item[]): Promise<Result[]> {
    if (items.length === 0) return Promise.resolve([]);
    if (this.#queuedItems + items.length > this.#options.maxQueued)
      return Promise.reject(new DatabaseUnavailable("Too many calls wait for it."));
    return new Promise((resolve, reject) => {
      this.#queue.push({ items, since: performance.now(), resolve, reject });
      this.#queuedItems += items.length;
      this.#schedule();
    });
  }

  /**
   * Wait one turn of the event loop, to gather the callers that are ready at the same time. A batch is of no one's
   * request: one leads to the next as long as there is no pause, and would keep the first.
   */
  #schedule(): void {
    if (this.#isScheduled || this.#inFlight >= this.#options.maxInFlight) return;
    this.#isScheduled = true;
    outsideRequest(() =>
      setImmediate(() => {
        this.#isScheduled = false;
        this.#start();
      }),
    );
  }

  #start(): void {
    const batch = this.#takeBatch();
    if (batch.length === 0) return;
    this.#inFlight++;
    void this.#answer(batch).finally(() => {
      this.#inFlight--;
      if (this.#queue.length > 0) this.#schedule();
    });
    if (this.#queue.length > 0) this.#schedule();
  }

  #takeBatch(): Call<Item, Result>[] {
    const oldest = performance.now() - this.#options.maxWaitMs;
    const batch: Call<Item, Result>[] = [];
    let items = 0;
    let taken = 0;
    for (const call of this.#queue) {
      const isLate = call.since < oldest;
      if (!isLate && batch.length > 0 && items + call.items.length > this.#options.maxBatch) break;
      taken++;
      this.#queuedItems -= call.items.length;
      if (isLate) {
        call.reject(new DatabaseUnavailable("A call waited too long for its turn."));
        continue;
      }
      batch.push(call);
      items += call.items.length;
    }
    this.#queue = this.#queue.slice(taken);
    return batch;
  }

  async #answer(batch: Call<Item, Result>[]): Promise<void> {
    try {
      const results = await this.#run(batch.flatMap(({ items }) => items));
      let start = 0;
      for (const { items, resolve } of batch) {
        resolve(results.slice(start, start + items.length));
        start += items.length;
      }
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
}
