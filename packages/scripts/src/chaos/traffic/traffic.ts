import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { inSeconds } from "../deadline";
import { Ledger } from "./ledger";
import { Visitor } from "./visitor";

export interface TrafficOptions {
  baseUrl: string;
  cookieSecret: string;
  /** Visits that begin in a second, whether or not those before have been answered. */
  perSecond: number;
}

export interface Traffic {
  ledger: Ledger;
  /** Resolves when it has gone on for so long. */
  goOn(seconds: number): Promise<void>;
  /** Nobody comes any more; resolves when all who are there have been answered, or have given up. */
  end(): Promise<void>;
  /** Nobody comes any more, and nobody waits for those who are there: for a scenario that was given up. */
  stop(): void;
}

/** One visit in three is by somebody who was there before. */
const RETURNING = 1 / 3;
/** Those who may come back. */
const REMEMBERED = 2_000;
/** Those who still try again when nobody comes any more. */
const PATIENCE_MS = 30_000;
/** They ask for the last time by then, and are answered or not within a minute. */
const GONE_WITHIN_S = PATIENCE_MS / 1_000 + 65;

/** Visitors who keep coming at one rate, however long the server takes for them. */
export function startTraffic({ baseUrl, cookieSecret, perSecond }: TrafficOptions): Traffic {
  const ledger = new Ledger();
  const agent = new http.Agent({ keepAlive: true, maxSockets: 128 });
  const known: Visitor[] = [];
  const visits = new Set<Promise<void>>();
  let overAt = Number.POSITIVE_INFINITY;
  let came = 0;
  let failure: unknown;

  const begin = () => {
    const visitor = visitorOf(came++);
    const visit: Promise<void> = visitor
      .visit()
      .then(
        () => {
          if (known.length < REMEMBERED && !known.includes(visitor)) known.push(visitor);
        },
        (error: unknown) => {
          failure ??= error;
        },
      )
      .finally(() => visits.delete(visit));
    visits.add(visit);
  };
  const visitorOf = (index: number) => {
    const returning = Math.random() < RETURNING ? known[Math.floor(Math.random() * known.length)] : undefined;
    const isOver = () => performance.now() > overAt;
    return (
      returning ?? new Visitor({ baseUrl, agent, ledger, cookieSecret, address: addressOf(index), isOver })
    );
  };
  // A tick may come late where this process is busy: those who should have come by then do.
  const startedAt = performance.now();
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1_000) * perSecond;
    while (came < due) begin();
  }, 20);

  const close = (patienceMs: number) => {
    clearInterval(timer);
    overAt = Math.min(overAt, performance.now() + patienceMs);
  };
  const allAreGone = async () => {
    while (visits.size > 0) await Promise.all(visits);
  };

  return {
    ledger,
    goOn: (seconds) => sleep(1_000 * seconds),
    stop() {
      close(0);
      agent.destroy();
    },
    async end() {
      close(PATIENCE_MS);
      await inSeconds(GONE_WITHIN_S, "The last visitors", allAreGone());
      agent.destroy();
      if (failure !== undefined) throw failure;
    },
  };
}

/** An address of its own for each of sixteen million. */
export function addressOf(index: number): string {
  return `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`;
}
