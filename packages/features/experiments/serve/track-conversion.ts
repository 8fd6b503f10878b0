import "server-only";
import { logger } from "@calcom/lib/logger";
import type { CallerTransaction } from "../sql/caller-transaction";
import type { CreditOptions } from "./credit-options";
import type { ExperimentsService } from "./experiments.service";
import type { ServerConversion } from "./server-conversion";

export type TrackedConversion = string | ServerConversion;
type TrackArguments =
  | [conversion: TrackedConversion, options: CreditOptions]
  | [tx: CallerTransaction, conversion: TrackedConversion, options: CreditOptions];

export interface TrackConversion {
  /**
   * Reports a conversion from server code, for every experiment that the subject is in. Returns in how many of them it
   * was new.
   *
   * @throws ExperimentError `invalid_conversion`, `invalid_id`, `claim_refused`; `unavailable` if it should be reported again
   */
  (conversion: TrackedConversion, options: CreditOptions): Promise<{ recorded: number }>;
  /**
   * The same within a transaction, of Prisma, of Drizzle or of one pg client: it is committed and rolled back together with it. It
   * waits a second at most and never rejects; a failure is undone, and becomes one line in the log.
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
      // Even if the process is set up wrongly, the caller's transaction must survive.
      logger.error("A conversion was not recorded: the experiments did not start.", { error });
      return { recorded: 0 };
    }
  };
}
