// The door to the pure core for other features and for scripts.
export { type CompiledExperiment, compileExperiment } from "./compile";
export { decide, type StoredAssignment, type Subject, type Surroundings } from "./decide";
export { doRowsCount } from "./former-flag";
export { createHostIds, type HostIds } from "./host-ids";
export { newConfig } from "./new-config";
export type { Override } from "./overrides";
export { standingOf } from "./standing";
export {
  readStatus as statusOf,
  readStoredConfig,
  type StoredConfig,
  type StoredFeature,
} from "./stored-config";
export { assignVariantDeterministic, validateVariantPercentages } from "./variant-assignment";
