import type { ConversionReport, ExperimentAnswer, ExposureReport } from "../../types";

export interface Miss {
  slug: string;
  teamId?: number;
}

/** How the hooks speak to a server; the application registers one. */
export interface ExperimentTransport {
  /**
   * Asks for what no provider named: one answer per request, in their order.
   * Rejects with an error whose `code` is "claim_refused" where one of the teams is not the person's own.
   */
  fetchMisses(misses: Miss[]): Promise<ExperimentAnswer[]>;
  /** Rejects where the report may be tried again. While leaving, the page may be gone before an answer. */
  sendExposures(reports: ExposureReport[], isLeaving: boolean): Promise<void>;
  sendConversion(report: ConversionReport): Promise<void>;
  /** Told of each variant at the moment when it is seen. */
  onExposure?(answer: ExperimentAnswer): void;
}

/** The most reports or misses in one request: the server's MAX_BATCH, which lives beside zod. */
export const BATCH_SIZE = 50;

let registered: ExperimentTransport | undefined;

/** Once, before the first component mounts: at the top of a client module. The last one wins. */
export function registerExperimentTransport(transport: ExperimentTransport | undefined): void {
  registered = transport;
}

export function transport(): ExperimentTransport | undefined {
  return registered;
}
