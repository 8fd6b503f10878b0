/** An event for analytics. Its uuid is the same each time it is sent, so sending it twice is harmless. */
export interface ExperimentEvent {
  uuid: string;
  name: "experiment_viewed" | "experiment_conversion";
  distinctId: string;
  /** The time at which it happened, not at which it is sent. */
  timestamp: Date;
  properties: Record<string, unknown>;
}

/** Receives experiment events. Deciding and counting never depend on it. */
export interface ExperimentTracker {
  /** False if events go nowhere; then none are read from the database. */
  readonly isEnabled: boolean;
  /** Resolves when all were accepted; rejects if they have to be sent again. */
  send(events: ExperimentEvent[]): Promise<void>;
  close(): Promise<void>;
}

export const noTracker: ExperimentTracker = {
  isEnabled: false,
  send: async () => {},
  close: async () => {},
};
