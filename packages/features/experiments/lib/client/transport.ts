import type { ExperimentAnswer } from "../../types/answers";
import type { HostId } from "../../types/host-id";
import type { SeenVariant } from "./exposures";
import { reportExposures } from "./report-exposures";

export type { SeenVariant };

export interface Miss {
  slug: string;
  teamId?: HostId;
}

export interface ClientConversion {
  /** Without one: every experiment that declares the event and has the subject. */
  slug?: string;
  event: string;
  /** The subject, such as `team:4`; null for the person who is signed in when the report arrives. */
  subject: string | null;
  /** Repetitions with the same key count once; without one, each counts. */
  key?: string;
}

/** How the hooks speak to a server; the application registers one. */
export interface ExperimentTransport {
  /**
   * Asks for experiments that no provider named: one answer per request, in their order.
   * Rejects with an error whose `code` is "claim_refused" where one of the teams is not the person's own.
   */
  fetchMisses(misses: Miss[]): Promise<ExperimentAnswer[]>;
  /** Rejects if it may be retried. On leaving, the page may be gone before the answer. */
  sendExposures(seen: SeenVariant[], isLeaving: boolean): Promise<void>;
  /** Never throws or rejects: no caller waits for it. */
  sendConversion(conversion: ClientConversion): void;
}

let registered: ExperimentTransport | undefined;

/** Call once before the first component mounts, at the top of a client module. The last call wins. */
export function registerExperimentTransport(transport: ExperimentTransport | undefined): void {
  registered = transport && keepingPromises(transport);
  reportExposures(registered?.sendExposures);
}

export function transport(): ExperimentTransport | undefined {
  return registered;
}

/** A transport that throws must not break a click handler or the page's unload. */
function keepingPromises(given: ExperimentTransport): ExperimentTransport {
  return {
    fetchMisses: (misses) => given.fetchMisses(misses),
    // It begins at once, since a page that is being left has no time, and whatever is thrown is a rejection.
    sendExposures: async (seen, isLeaving) => given.sendExposures(seen, isLeaving),
    sendConversion(conversion) {
      try {
        given.sendConversion(conversion);
      } catch {
        // Dropped, like a report that fails twice.
      }
    },
  };
}
