import "server-only";
import { createExperimentsBeside, type Experiments, type ExperimentsSettings } from "../experiments/next";
import { createFlags, type Flags } from "./create-flags";
import type { FlagsService } from "./flags.service";
import { createFlagProcedures } from "./procedures";
import type { FlagStep } from "./schedule/schedule-runner";

// The door for an application of Next: all that it mounts, from one configuration.

export {
  createExperimentProvider,
  type DatabaseSettings,
  defineMetric,
  defineSource,
  type ExperimentProviderProps,
  type ExperimentsSettings,
  type Metric,
  type MetricDefinition,
  type ProviderHost,
  type Source,
  type SourceDefinition,
  type Visit,
} from "../experiments/next";
export type { FlagsService } from "./flags.service";
export type { FlagProcedures } from "./procedures";

export interface MountedSettings extends ExperimentsSettings {
  /**
   * True if your code asks `flags()` for flags of your own tables, and reads them nowhere itself. Then they can have
   * shares and overrides, and are created and deleted in the administration too.
   */
  areFlagsAsked?: boolean;
}

export interface Mounted extends Experiments {
  /** Says which flags are on for whom. */
  flags(): FlagsService;
  /** Makes planned changes of flags that are due, for a host whose processes are frozen between requests. */
  runFlagSchedule(): Promise<FlagStep[]>;
}

/** Makes everything that an application mounts from one configuration. Opens no connection before the first use. */
export function createExperiments({ areFlagsAsked = false, ...settings }: MountedSettings): Mounted {
  const { part, ...experiments } = createExperimentsBeside<Flags>(settings, {
    open: ({ database, ids, module: { experiments, admin } }) =>
      createFlags({
        database,
        ids,
        requireAdmin: async (userId) => ({ id: await admin.access.authorize({ userId }, "convert") }),
        former: {
          answerFlags: (...asked) => experiments.answerFlags(...asked),
          switchFlag: (...change) => admin.lifecycle.switchFlag(...change),
        },
        isAnyType: true,
        isAsked: areFlagsAsked,
      }),
    procedures: createFlagProcedures,
  });
  return {
    ...experiments,
    flags: () => part().flags,
    runFlagSchedule: () => part().runner.runDue(),
  };
}
