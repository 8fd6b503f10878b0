// The one place where the simulation reaches past the doors of the experiments feature: it needs nodes of its own, which
// admit more visitors than one address has.

export { wilson } from "@calcom/statistics/wilson";
export { defineMetric, type Metric } from "../../../features/experiments/metrics/define-metric";
export { MetricRegistry } from "../../../features/experiments/metrics/registry";
export { findLatestCut as latestCut } from "../../../features/experiments/results/recount/looks";
export {
  buildOutcomesSql as outcomesSql,
  type OutcomeRow,
} from "../../../features/experiments/results/recount/outcomes-sql";
export { RecountRepository } from "../../../features/experiments/results/recount/recount.repository";
export type { StoredResult } from "../../../features/experiments/results/types";
export { createEnrolmentLimiter } from "../../../features/experiments/serve/enrolment-limiter";
export { createExperimentsModule, type ExperimentsModule } from "../../../features/experiments/server";
export { anIdentity, anInput } from "../../../features/experiments/testing/database-fixtures";
export { writePrecedent } from "../../../features/experiments/testing/precedent";
export {
  DEFAULT_PLANNED_SUBJECTS,
  type ExperimentConfig,
  type ExperimentDetail,
  type ExperimentInput,
  planQuestionSchema,
} from "../../../features/experiments/types";
export { type MetricKind, metricKinds } from "../../../features/experiments/types/metric-kind";
export type { Forecast } from "../../../features/experiments/types/planning";
export { hashFrom } from "../../../features/experiments/utils/hash";
export {
  indexAt,
  stageHash,
  variantBoundaries,
} from "../../../features/experiments/utils/variant-assignment";
