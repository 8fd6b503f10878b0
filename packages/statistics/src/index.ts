// The door of the statistics engine. Pure: no clock, no randomness, no I/O.
export { describeReason, describeVerdict } from "./describe-verdict";
export { analyseExperiment } from "./experiment";
export { analyse } from "./metric";
export {
  countedAfter,
  effectFor,
  type Plan,
  type PlanDesign,
  type PlanInput,
  type PlanReason,
  plan,
  unitsNeeded,
} from "./planner";
export type * from "./reason-types";
export type * from "./results-types";
export { compareSegments } from "./segments";
export type * from "./segments-types";
export { analyseSplit, SPLIT_ALPHA } from "./split";
export type * from "./split-types";
export type * from "./types";
