/** An experiment event as analytics gets it. Sending it twice is harmless: its uuid is that of the first time. */
export interface ExperimentEvent {
  uuid: string;
  name: "experiment_viewed" | "experiment_conversion";
  distinctId: string;
  /** When it happened, not when it is sent. */
  timestamp: Date;
  properties: Record<string, unknown>;
}

/** Where experiment events go. Deciding and counting never depend on it. */
export interface ExperimentTracker {
  /** False where events go nowhere: then nothing is read to be sent. */
  readonly isEnabled: boolean;
  /** Resolves once all were accepted; rejects where they have to be sent again. */
  send(events: ExperimentEvent[]): Promise<void>;
  close(): Promise<void>;
}

export const noTracker: ExperimentTracker = {
  isEnabled: false,
  send: async () => {},
  close: async () => {},
};
