import type { Reported, Told } from "../judging/judge";
import { quantile } from "./quantile";

export const KINDS = ["page", "decide", "exposure", "conversion"] as const;
export type Kind = (typeof KINDS)[number];

/** A request and how it ended. */
export interface Entry {
  kind: Kind;
  /** When it was sent, by `performance.now()`. */
  at: number;
  ms: number;
  /** The status of the answer, or why there was none. */
  end: number | string;
  /** Of a decision: how many of its experiments were answered by a variant that is stored. */
  served?: number;
}

/** Keeps whatever was answered, to hold it to what is stored. */
export class Ledger {
  readonly entries: Entry[] = [];
  readonly told: Told[] = [];
  readonly seen: Pick<Told, "visitorId" | "slug">[] = [];
  readonly converted: Reported[] = [];
  readonly attempted: Reported[] = [];

  /** Entries that were sent from one moment until another. */
  between(from: number, until = Number.POSITIVE_INFINITY): Entry[] {
    return this.entries.filter(({ at }) => at >= from && at < until);
  }
}

/** Requests without an answer, and answers that blame the server. A report that is to be sent again (503) is none. */
export function failuresOf(entries: readonly Entry[]): string[] {
  return entries
    .filter(({ kind, end }) => {
      if (typeof end === "string") return true;
      const isAskedAgain = end === 503 && (kind === "exposure" || kind === "conversion");
      return end >= 400 && !isAskedAgain;
    })
    .map(({ kind, end }) => `${kind}: ${end}`);
}

export function durationOf(entries: readonly Entry[], kind: Kind, share: number): number {
  const times = entries.filter((entry) => entry.kind === kind).map(({ ms }) => ms);
  return times.length === 0 ? 0 : quantile(times, share);
}
