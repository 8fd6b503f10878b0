export {
  ExperimentsTestProvider,
  type ExperimentsTestProviderProps,
} from "../context/ExperimentsTestProvider";
export {
  type ClientTracker,
  type ClientTrackerSettings,
  createClientTracker,
  type TrackedPerson,
} from "../lib/client/posthog-tracker";
export {
  type ExperimentTransport,
  type Miss,
  registerExperimentTransport,
} from "../lib/client/transport";
export type { ExperimentSlug, PayloadOf, VariantOf } from "../registry";
export type { LocalReason, UseExperimentResult } from "./result";
export { type ConversionOptions, trackExperimentConversion } from "./track-conversion";
export { type UseExperimentOptions, useExperiment } from "./useExperiment";
export { useExperimentVariant } from "./useExperimentVariant";
export { useVisitorExperiment } from "./useVisitorExperiment";
