import "server-only";
import { NEVER_STORED } from "@calcom/lib/json-endpoint";
import { logger } from "@calcom/lib/logger";

/**
 * For load balancers: whether this node can decide. Anybody may ask, so the answer names nothing of the host; what to mend
 * is in the log, once until it changes. Those who ask at the same time share one look at the database.
 */
export function createHealth(findFaults: () => Promise<string[]>): () => Promise<Response> {
  let underWay: Promise<boolean> | null = null;
  let told = "";

  const look = async (): Promise<boolean> => {
    try {
      const faults = await findFaults();
      const said = faults.join("\n");
      if (said !== "" && said !== told)
        logger.error("Experiments cannot work, and show control: mend your views.", { faults });
      told = said;
      return faults.length === 0;
    } catch (error) {
      if (told !== AWAY)
        logger.warn("The health of experiments is not known: the database was not asked", { error });
      told = AWAY;
      return false;
    }
  };
  return async () => {
    underWay ??= look().finally(() => {
      underWay = null;
    });
    return (await underWay)
      ? Response.json({ status: "ok" }, { headers: NEVER_STORED })
      : Response.json({ status: "failing" }, { status: 503, headers: NEVER_STORED });
  };
}

const AWAY = "The database does not answer.";
