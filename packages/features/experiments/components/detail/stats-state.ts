import type { ExperimentStats } from "../../types/stats";

export type ExperimentStatsState =
  | { status: "loading" }
  | { status: "error"; message: string; onRetry: () => void }
  | { status: "ready"; stats: ExperimentStats };
