import "server-only";
import { logger } from "@calcom/lib/logger";
import type { CreditOptions } from "./crediting.service";
import type { ExperimentsService } from "./experiments.service";
import type { CallerTransaction } from "./lib/server/caller-transaction";
import type { ServerConversion } from "./lib/server/server-conversion";

export type TrackedConversion = string | ServerConversion;
type TrackArguments =
  | [conversion: TrackedConversion, options: CreditOptions]
  | [tx: CallerTransaction, conversion: TrackedConversion, options: CreditOptions];

export interface TrackConversion {
  /**
   * Reports from server code what a subject did, with every experiment that the subject is in. Answers in how many of
   * them it was new.
   *
   * @throws ExperimentError `invalid_conversion`, `claim_refused`; `unavailable` where it should be reported again
   */
  (conversion: TrackedConversion, options: CreditOptions): Promise<{ recorded: number }>;
  /**
   * The same as part of a transaction, of Prisma or of one pg client: there with its commit, gone with its rollback. It
   * waits a second at most and never rejects; what goes wrong is undone to where it began, and one line in the log.
   */
  (
    tx: CallerTransaction,
    conversion: TrackedConversion,
    options: CreditOptions,
  ): Promise<{ recorded: number }>;
}

export function createTrackConversion(experiments: () => ExperimentsService): TrackConversion {
  return async (...given: TrackArguments) => {
    if (given.length === 2) return experiments().trackConversion(...given);
    try {
      return await experiments().trackConversionWithin(...given);
    } catch (error) {
      // A process that is set up wrongly is no reason to lose the caller's transaction either.
      logger.error("A conversion was not recorded: the experiments did not start.", { error });
      return { recorded: 0 };
    }
  };
}
