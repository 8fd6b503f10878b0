/** Everything that crosses a border is checked by these schemas there; inside, it is trusted. */

export type { Json } from "@calcom/lib/json";
export * from "./types/admin";
export * from "./types/analysis";
export * from "./types/answers";
export * from "./types/assumptions";
export * from "./types/bulk";
export * from "./types/calendar";
export * from "./types/checklist";
export * from "./types/conclusion";
export * from "./types/config";
export * from "./types/deciding-rule";
export * from "./types/feed";
export { PROBLEMS, type Problem } from "./types/health";
export { type HostId, readHostId } from "./types/host-id";
export {
  type ExperimentInput,
  type ExperimentPatch,
  experimentInputSchema,
  experimentPatchSchema,
  learningSchema,
  nameSchema,
  noSuchVariant,
  planQuestionSchema,
} from "./types/input";
export * from "./types/list-query";
export * from "./types/metric-catalog";
export type * from "./types/metric-views";
export * from "./types/metrics";
export * from "./types/months";
export * from "./types/names";
export * from "./types/people";
export * from "./types/range";
export * from "./types/report-links";
export * from "./types/reports";
export * from "./types/settings";
export * from "./types/stats";
export * from "./types/targeting-rules";
export * from "./types/views";
