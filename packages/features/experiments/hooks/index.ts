export {
  ExperimentsTestProvider,
  type ExperimentsTestProviderProps,
  type TestAnswer,
} from "../context/ExperimentsTestProvider";
export { forgetBrowser } from "../lib/client/consent";
export { createTransport, type TransportSettings } from "../lib/client/own-transport";
export { claimsOf, randomKey } from "../lib/client/report";
export {
  type ClientConversion,
  type ExperimentTransport,
  type Miss,
  registerExperimentTransport,
  type SeenVariant,
} from "../lib/client/transport";
export type { ExperimentSlug, PayloadOf, VariantOf, VariantTable } from "../types/registry";
export type { LocalReason, UseExperimentOptions, UseExperimentResult } from "./result";
export { type ConversionOptions, trackConversion, trackExperimentConversion } from "./track-conversion";
export { useExperiment } from "./useExperiment";
export { useExperimentInView } from "./useExperimentInView";
export { useExperimentVariant } from "./useExperimentVariant";
export { useVisitorExperiment } from "./useVisitorExperiment";
