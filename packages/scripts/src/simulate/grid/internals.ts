// The one place where the grid reaches past the doors of the experiments feature: it proves what is behind them.
export { normalIsf, tIsf } from "../../../../features/experiments/utils/statistics/dist";
export {
  type Analysis,
  type AnalysisInput,
  type ArmData,
  analyse,
  analyseExperiment,
  type Compared,
  type EpochUnits,
  type LookState,
  type MetricInput,
  type MetricRole,
  type Moments,
} from "../../../../features/experiments/utils/statistics/index";
export { mixtureMultiplier, mixtureRho } from "../../../../features/experiments/utils/statistics/mixture";
export { Random } from "../../../../features/experiments/utils/statistics/testing/random";
