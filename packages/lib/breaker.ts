import type { Socket } from "node:net";
import pg from "pg";
import { every, later, outsideRequest } from "./outside-request";
import { DatabaseSilent, sqlState } from "./sql";

export interface BreakerOptions {
  connectionString: string;
  /** Of its own connection, as the server lists it. */
  applicationName?: string;
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

/** The breaker's own connection. It is kept, since a new one needs much more than an answer. */
interface Probe {
  readonly client: pg.Client;
  isConnected: boolean;
}

/** How much longer than an answer a connection may take. */
const CONNECTING = 2;

/**
 * Stops waiting for a database that does not answer. A slow statement is no silence: where something waits for long, the
 * breaker asks the database on a connection of its own whether it is there. If it is not, all that waits fails at once,
 * and so does whatever is asked until it answers again.
 */
export class Breaker {
  readonly #connectionString: string;
  readonly #applicationName: string;
  readonly #patienceMs: number;
  readonly #probeMs: number;
  readonly #everyMs: number;
  readonly #onChange: NonNullable<BreakerOptions["onChange"]>;
  readonly #watched = new Set<Watched>();
  #probe: Probe | null = null;
  #heardAt = 0;
  #check: NodeJS.Timeout | null = null;
  #return: NodeJS.Timeout | null = null;
  #silentSince: number | null = null;
  #isClosed = false;

  constructor(options: BreakerOptions) {
    this.#connectionString = options.connectionString;
    this.#applicationName = options.applicationName ?? "probe";
    this.#patienceMs = options.patienceMs ?? 150;
    this.#probeMs = options.probeMs ?? 200;
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

  /** Call when a connection has been answered. */
  hear(): void {
    this.#heardAt = performance.now();
  }

  /** Call when a connection begins to wait. */
  expect(): void {
    if (this.#isClosed) return;
    this.#probe ??= this.#connect();
    if (this.#check === null && !this.isOpen) this.#checkAfter(this.#patienceMs);
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
    if (waitedMs === null) return null;
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

  /** Whether it answers at all, to whomever. A refusal is an answer: with no connection free, it is there. */
  async #isThere(): Promise<boolean> {
    const askedAt = performance.now();
    this.#probe ??= this.#connect();
    const probe = this.#probe;
    let isThere = false;
    const answer = probe.client.query("SELECT").then(
      () => {
        isThere = true;
      },
      (error) => {
        isThere = sqlState(error) !== null;
        this.#drop(probe);
      },
    );
    // A connection is made of many answers, and of work for threads that others may keep busy.
    await Promise.race([answer, patience(probe.isConnected ? this.#probeMs : CONNECTING * this.#probeMs)]);
    if (!isThere) this.#drop(probe);
    return isThere || this.#heardAt > askedAt;
  }

  /** It ends with the pool, and does not keep a job alive until then. */
  #connect(): Probe {
    return outsideRequest(() => {
      const client = new pg.Client({
        connectionString: this.#connectionString,
        application_name: this.#applicationName,
      });
      const probe: Probe = { client, isConnected: false };
      client.on("error", () => this.#drop(probe));
      client.connect().then(
        () => {
          probe.isConnected = true;
          socketOf(client)?.unref();
        },
        // What fails here fails the question, too.
        () => {},
      );
      return probe;
    });
  }

  #drop(probe = this.#probe): void {
    if (probe === null) return;
    abandon(probe.client);
    if (this.#probe === probe) this.#probe = null;
  }
}

/**
 * Ends so much later, and not before what has arrived by then was read. A process that is kept from running has not
 * waited: it begins anew.
 */
async function patience(milliseconds: number): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const began = performance.now();
    await new Promise<void>((resolve) => {
      later(() => setImmediate(() => setImmediate(resolve)), milliseconds);
    });
    if (performance.now() - began < 1.5 * milliseconds) return;
  }
}

/** Ends a connection without a word to the server, who would not hear it. */
export function abandon(client: pg.Client): void {
  socketOf(client)?.destroy(new DatabaseSilent());
}

/** The types of pg do not know of it. */
function socketOf(client: pg.Client): Socket | undefined {
  return (client as pg.Client & { connection?: { stream: Socket } }).connection?.stream;
}
