import { Timer } from "@calcom/lib/timer";
import { DatabaseUnavailable } from "../../sql/database-unavailable";

export interface Refreshing {
  findDue(): Promise<string[]>;
  recount(slug: string): Promise<unknown>;
}

const LOOK_AGAIN_MS = 60_000;

/**
 * Keeps stored results fresh in the background. Each node looks every minute for what is due, and the first one
 * computes it. Failures are logged and tried again; pages go on showing the stored result with its time.
 */
export function createResultsRefresher(
  results: Refreshing,
  log: Record<"warn" | "error", (message: string, facts?: Record<string, unknown>) => void>,
): Timer {
  let failures = 0;
  return new Timer(async () => {
    try {
      for (const slug of await results.findDue()) {
        try {
          await results.recount(slug);
        } catch (error) {
          log.warn("The results of an experiment could not be computed", { slug, error });
        }
      }
      failures = 0;
    } catch (error) {
      if (!(error instanceof DatabaseUnavailable)) log.error("Results are not refreshed", { error });
      // Log an outage once, not every minute.
      else if (failures++ === 0)
        log.warn("Results are not refreshed: the database does not answer", { error });
    }
  }, LOOK_AGAIN_MS);
}
