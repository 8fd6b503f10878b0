export interface BoundedQueueOptions {
  /** How much is done at once. */
  concurrency: number;
  /** How many wait at most, of each lane. */
  maxWaiting: number;
  /** How many of those may be of one client. */
  maxWaitingOfOne: number;
}

export interface Turn {
  /** Who asks, where it is known: one client must not take all places. */
  client?: string | null;
  /** Goes before all others, and has places of its own. */
  isPreferred?: boolean;
}

interface Waiting {
  client: string | null;
  begin: () => void;
}

/** There is no place left to wait in. */
export class QueueFull extends Error {
  constructor() {
    super("There is no place left in the queue.");
    this.name = "QueueFull";
  }
}

/** Also true for one of another instance of this module: a queue that a process has once serves several bundles. */
export function isQueueFull(error: unknown): error is QueueFull {
  return error instanceof Error && error.name === "QueueFull";
}

/** Does expensive work a few at a time. Who comes when too many wait already is refused at once. */
export class BoundedQueue {
  readonly #options: BoundedQueueOptions;
  readonly #lanes = { preferred: [] as Waiting[], others: [] as Waiting[] };
  #running = 0;

  constructor(options: BoundedQueueOptions) {
    this.#options = options;
  }

  /** @throws QueueFull */
  async run<Result>(work: () => Promise<Result>, turn: Turn = {}): Promise<Result> {
    const waiting = this.#admit(turn);
    if (waiting !== null) await waiting;
    try {
      return await work();
    } finally {
      this.#next();
    }
  }

  /** Whether somebody would be refused now. */
  isFull({ client = null, isPreferred = false }: Turn): boolean {
    if (this.#running < this.#options.concurrency) return false;
    const lane = isPreferred ? this.#lanes.preferred : this.#lanes.others;
    if (lane.length >= this.#options.maxWaiting) return true;
    return (
      client !== null && lane.filter((one) => one.client === client).length >= this.#options.maxWaitingOfOne
    );
  }

  #admit(turn: Turn): Promise<void> | null {
    if (this.isFull(turn)) throw new QueueFull();
    if (this.#running < this.#options.concurrency) {
      this.#running += 1;
      return null;
    }
    const lane = turn.isPreferred ? this.#lanes.preferred : this.#lanes.others;
    return new Promise((begin) => lane.push({ client: turn.client ?? null, begin }));
  }

  /** Hands the turn on; nobody who comes meanwhile gets in between. */
  #next(): void {
    const next = this.#lanes.preferred.shift() ?? this.#lanes.others.shift();
    if (next === undefined) this.#running -= 1;
    else next.begin();
  }
}
