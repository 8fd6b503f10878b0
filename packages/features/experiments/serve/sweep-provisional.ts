import { Timer } from "@calcom/lib/timer";
import type { ProvisionalRowsRepository } from "./provisional-rows.repository";

const LOOK_AGAIN_MS = 10 * 60_000;

/** Deletes rows of visitors who did not stay, from time to time. A failure is logged, and tried again next time. */
export function createSweeper(
  rows: Pick<ProvisionalRowsRepository, "sweep">,
  log: { warn(message: string, facts?: Record<string, unknown>): void },
): Timer {
  return new Timer(
    () =>
      rows.sweep().catch((error: unknown) => {
        log.warn("Rows of visitors who did not stay were not deleted; it is tried again", { error });
      }),
    LOOK_AGAIN_MS,
  );
}
