import type { EndPreview, ResultsView } from "../../results/types";
import type { AuditEntry } from "../../types/activity";

export type ExperimentResultsState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; view: ResultsView };

export type ExportFormat = "csv" | "json";

/** Changes of the experiment since its start, as far as charts mark them. */
export interface ChangesOfRun {
  entries: readonly AuditEntry[];
  /** There are older ones. */
  isCut: boolean;
}

/** What can be done with results; the page carries it out. */
export interface ResultsActions {
  onRefresh: () => void;
  isRefreshing: boolean;
  /** Shows the figures of now, and has it written down that they were. */
  onLookEarly: () => Promise<void>;
  onStopLooking: () => void;
  onExport: (format: ExportFormat) => void;
  isExporting: boolean;
  /** Where the same is to be found in PostHog; null where no project is known. */
  posthog: { funnel: string; sql: string } | null;
  /** The figures of the dialog, if the experiment was concluded on this page; otherwise null. */
  seenEnd: EndPreview | null;
  /** Results that a link spoke of, by their "as of" in ISO 8601; null where none did. */
  linkedAsOf: string | null;
}
