import "server-only";

// The door for an application of Next: all that it mounts, from one configuration.

export {
  createExperimentProvider,
  type ExperimentProviderProps,
  type ProviderHost,
  type Visit,
} from "./context/ExperimentProvider";
export { createExperiments, createExperimentsBeside, type Experiments } from "./create-experiments";
export { defineMetric, type Metric, type MetricDefinition } from "./metrics/define-metric";
export { defineSource, type Source, type SourceDefinition } from "./metrics/define-source";
export type { DatabaseSettings } from "./open-database";
export type { ExperimentsSettings } from "./open-experiments";
