// The one place where the grid reaches past the doors of the experiments feature: it proves what is behind them.

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
} from "@calcom/statistics";
export { normalIsf, tIsf } from "@calcom/statistics/dist";
export { mixtureMultiplier, mixtureRho } from "@calcom/statistics/mixture";
export { Random } from "@calcom/statistics/testing/random";
