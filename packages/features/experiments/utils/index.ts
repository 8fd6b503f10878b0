// The door to the pure core for other features and for scripts.

export { readStoredConfig, type StoredConfig, type StoredFeature } from "./stored-config";
export { assignVariantDeterministic, validateVariantPercentages } from "./variant-assignment";
