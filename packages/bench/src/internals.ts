// The one place where the bench reaches past the doors of the experiments feature: it measures what is behind them.

export { type ArmData, analyse, type MetricInput } from "@calcom/statistics";
export { createExperimentTracker } from "../../features/experiments/lib/experiment-factory";
export { EventOutbox } from "../../features/experiments/lib/server/event-outbox";
export { EventsRepository } from "../../features/experiments/lib/server/events.repository";
export { signVisitorId, VISITOR_COOKIE } from "../../features/experiments/lib/visitor-id";
export {
  AssignmentsRepository,
  type NewAssignment,
} from "../../features/experiments/serve/assignments.repository";
export { CompiledExperiments } from "../../features/experiments/serve/config/compiled-experiments";
export { CreditsRepository } from "../../features/experiments/serve/credits.repository";
export { FactsRepository } from "../../features/experiments/serve/facts.repository";
export { RecordingsRepository } from "../../features/experiments/serve/recordings.repository";
export { defineMetric, registerMetrics } from "../../features/experiments/server";
export type { WriteOptions } from "../../features/experiments/sql/coalesced-writes";
export { aConfig, aSubject, facts, surroundings } from "../../features/experiments/testing/builders";
export { countStatements } from "../../features/experiments/testing/count-statements";
export {
  aRunningExperiment,
  createFixture,
  type Fixture,
} from "../../features/experiments/testing/database-fixtures";
export { fillExperiment, type Load, runPatiently } from "../../features/experiments/testing/fill-experiment";
export type { CompiledExperiment } from "../../features/experiments/utils/compile";
export { decide, type Subject } from "../../features/experiments/utils/decide";
