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
} from "../../../../features/experiments/utils/statistics/index";
export {
  contradictionsOf,
  contradictionsOfMetric,
} from "../../../../features/experiments/utils/statistics/testing/contradictions";
export { Random } from "../../../../features/experiments/utils/statistics/testing/random";
export {
  aScenario,
  moments,
  twoArms,
} from "../../../../features/experiments/utils/statistics/testing/scenarios";
