import { every, later, outsideRequest } from "@calcom/lib/outside-request";
import { sqlState } from "@calcom/lib/sql";
import pg from "pg";

/** What everybody gets at once while the database is silent. Drivers and ORM take it for the timeout that it is. */
export class DatabaseSilent extends Error {
  readonly code = "ETIMEDOUT";

  constructor() {
    super("The database does not answer.");
  }
}

export interface BreakerOptions {
  connectionString: string;
  /** After so long without an answer to anything that was asked, it is asked whether it is there. */
  patienceMs?: number;
  /** It is there if it answers that within so long. It is asked twice. */
  probeMs?: number;
  /** While it is silent, it is asked so often. */
  everyMs?: number;
  /** Told of each change, once. */
  onChange?: (change: { isSilent: boolean; forMs: number }) => void;
}

/** A connection that the breaker watches. */
export interface Watched {
  /** When it asked what it waits for; null where it waits for nothing. */
  readonly since: number | null;
  abandon(): void;
}

/**
 * Stops waiting for a database that does not answer. A slow statement is no silence: where something waits for long, the
 * breaker asks the database on a connection of its own whether it is there. If it is not, all that waits fails at once,
 * and so does whatever is asked until it answers again.
 */
export class Breaker {
  readonly #connectionString: string;
  readonly #patienceMs: number;
  readonly #probeMs: number;
  readonly #everyMs: number;
  readonly #onChange: NonNullable<BreakerOptions["onChange"]>;
  readonly #watched = new Set<Watched>();
  #probe: pg.Client | null = null;
  #check: NodeJS.Timeout | null = null;
  #return: NodeJS.Timeout | null = null;
  #silentSince: number | null = null;
  #isClosed = false;

  constructor(options: BreakerOptions) {
    this.#connectionString = options.connectionString;
    this.#patienceMs = options.patienceMs ?? 150;
    this.#probeMs = options.probeMs ?? 150;
    this.#everyMs = options.everyMs ?? 250;
    this.#onChange = options.onChange ?? (() => {});
  }

  get isOpen(): boolean {
    return this.#silentSince !== null;
  }

  watch(connection: Watched): void {
    this.#watched.add(connection);
  }

  forget(connection: Watched): void {
    this.#watched.delete(connection);
  }

  /** Call when a connection begins to wait. */
  expect(): void {
    if (this.#check === null && !this.isOpen && !this.#isClosed) this.#checkAfter(this.#patienceMs);
  }

  close(): void {
    this.#isClosed = true;
    if (this.#check !== null) clearTimeout(this.#check);
    if (this.#return !== null) clearInterval(this.#return);
    this.#drop();
  }

  #checkAfter(milliseconds: number): void {
    this.#check = later(() => {
      this.#look().then((nextMs) => {
        this.#check = null;
        if (nextMs !== null && !this.isOpen && !this.#isClosed) this.#checkAfter(nextMs);
      });
    }, milliseconds);
  }

  /** Returns when to look again; null where nobody waits, or it is silent. */
  async #look(): Promise<number | null> {
    const waitedMs = this.#longestWait();
    if (waitedMs === null) {
      this.#drop();
      return null;
    }
    if (waitedMs < this.#patienceMs) return this.#patienceMs - waitedMs;
    // The first question may have met a connection that is broken by itself.
    if ((await this.#isThere()) || (await this.#isThere())) return this.#patienceMs;
    if (!this.#isClosed) this.#open();
    return null;
  }

  #longestWait(): number | null {
    let first: number | null = null;
    for (const { since } of this.#watched)
      if (since !== null && (first === null || since < first)) first = since;
    return first === null ? null : performance.now() - first;
  }

  #open(): void {
    this.#silentSince = performance.now();
    this.#onChange({ isSilent: true, forMs: 0 });
    for (const connection of [...this.#watched]) if (connection.since !== null) connection.abandon();
    let isAsking = false;
    this.#return = every(this.#everyMs, async () => {
      if (isAsking) return;
      isAsking = true;
      const isThere = await this.#isThere();
      isAsking = false;
      if (isThere && !this.#isClosed) this.#closeAgain();
    });
  }

  #closeAgain(): void {
    if (this.#return !== null) clearInterval(this.#return);
    const forMs = performance.now() - (this.#silentSince ?? 0);
    this.#silentSince = null;
    this.#onChange({ isSilent: false, forMs });
  }

  /** Whether it answers at all. A refusal is an answer: with no connection free, it is there. */
  async #isThere(): Promise<boolean> {
    const probe = this.#probe ?? this.#connect();
    this.#probe = probe;
    let isThere = false;
    const answer = Promise.resolve(probe.query("SELECT")).then(
      () => {
        isThere = true;
      },
      (error) => {
        isThere = sqlState(error) !== null;
        if (this.#probe === probe) this.#probe = null;
      },
    );
    await Promise.race([answer, patience(this.#probeMs)]);
    if (!isThere && this.#probe === probe) this.#drop();
    return isThere;
  }

  #connect(): pg.Client {
    return outsideRequest(() => {
      const probe = new pg.Client({
        connectionString: this.#connectionString,
        application_name: "calcom-probe",
      });
      probe.on("error", () => {});
      // What fails here fails the question, too.
      probe.connect().catch(() => {});
      return probe;
    });
  }

  #drop(): void {
    if (this.#probe !== null) abandon(this.#probe);
    this.#probe = null;
  }
}

/** Ends so much later, and not before what has arrived by then was read: the process itself may have been busy. */
function patience(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    later(() => setImmediate(() => setImmediate(resolve)), milliseconds);
  });
}

/** Ends a connection without a word to the server, who would not hear it. */
export function abandon(client: pg.Client): void {
  const { connection } = client as pg.Client & { connection?: { stream: { destroy(error?: Error): void } } };
  connection?.stream.destroy(new DatabaseSilent());
}
