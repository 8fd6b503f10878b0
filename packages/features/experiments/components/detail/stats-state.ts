import type { ExperimentStats } from "../../types/admin";

export type ExperimentStatsState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; stats: ExperimentStats };
