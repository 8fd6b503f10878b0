// The one place where the simulation reaches past the doors of the experiments feature: it proves what is behind them.
export {
  type Analysis,
  type AnalysisInput,
  type ArmData,
  analyse,
  analyseExperiment,
  analyseSplit,
  type Compared,
  type Comparison,
  type EpochData,
  type LookState,
  type MetricInput,
  type MetricResult,
  type PlanInput,
  plan,
  type WithheldReason,
} from "@calcom/statistics";
export {
  contradictionsOf,
  contradictionsOfMetric,
} from "@calcom/statistics/testing/contradictions";
export { Random } from "@calcom/statistics/testing/random";
export {
  aScenario,
  moments,
  twoArms,
} from "@calcom/statistics/testing/scenarios";
export { countDifferent } from "@calcom/statistics/testing/segmented";
