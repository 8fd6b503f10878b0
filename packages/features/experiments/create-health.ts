import "server-only";
import { NEVER_STORED, refuse } from "@calcom/lib/json-endpoint";
import { logger } from "@calcom/lib/logger";

/**
 * For load balancers and people: whether this node can decide, and if not, what to mend. Anybody may ask; those who do at
 * the same time share one look at the database.
 */
export function createHealth(findFaults: () => Promise<string[]>): () => Promise<Response> {
  let underWay: Promise<string[]> | null = null;
  const ask = () => {
    underWay ??= findFaults().finally(() => {
      underWay = null;
    });
    return underWay;
  };
  return async () => {
    try {
      const faults = await ask();
      if (faults.length === 0) return Response.json({ status: "ok" }, { headers: NEVER_STORED });
      return Response.json({ status: "failing", faults }, { status: 503, headers: NEVER_STORED });
    } catch (error) {
      logger.warn("The health of experiments is not known: the database was not asked", { error });
      return refuse(503, "unavailable", "The database does not answer.");
    }
  };
}
