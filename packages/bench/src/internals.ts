// The one place where the bench reaches past the doors of the experiments feature: it measures what is behind them.
export { AssignmentsRepository, type NewAssignment } from "../../features/experiments/assignments.repository";
export { signVisitorId, VISITOR_COOKIE } from "../../features/experiments/lib/visitor-id";
export { defineMetric, registerMetrics } from "../../features/experiments/server";
export { aConfig, aSubject, facts, surroundings } from "../../features/experiments/testing/builders";
export {
  aRunningExperiment,
  createFixture,
  type Fixture,
} from "../../features/experiments/testing/database-fixtures";
export { type CompiledExperiment, compileExperiment } from "../../features/experiments/utils/compile";
export { decide, type Subject } from "../../features/experiments/utils/decide";
export { type ArmData, analyse, type MetricInput } from "../../features/experiments/utils/statistics/index";
