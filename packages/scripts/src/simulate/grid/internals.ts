// The one place where the grid reaches past the doors of the experiments feature: it proves what is behind them.
export { normalIsf, tIsf } from "../../../../features/experiments/utils/statistics/dist";
export {
  type AnalysisInput,
  type ArmData,
  analyseExperiment,
  analyseSplit,
  type Compared,
  type EpochUnits,
  type LookState,
  type MetricRole,
  type Moments,
  SPLIT_ALPHA,
  type Verdict,
} from "../../../../features/experiments/utils/statistics/index";
export { mixtureMultiplier, mixtureRho } from "../../../../features/experiments/utils/statistics/mixture";
export { Random } from "../../../../features/experiments/utils/statistics/testing/random";
