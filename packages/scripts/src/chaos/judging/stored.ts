import type { Site } from "../site/site";
import type { Stored } from "./judge";

/** What is in the site's database by now. */
export async function readStored({ sudo }: Pick<Site, "sudo">): Promise<Stored> {
  const assignments = await sudo<Stored["assignments"][number]>(
    `SELECT "visitorId", "experimentSlug" AS slug, "variant", "exposedAt" IS NOT NULL AS "isExposed"
     FROM "ExperimentVariant" WHERE "visitorId" IS NOT NULL`,
  );
  const conversions = await sudo<Stored["conversions"][number]>(
    `SELECT assignment."visitorId", assignment."experimentSlug" AS slug, "conversionEvent" AS event,
       "idempotencyKey" AS key
     FROM "ExperimentConversion" JOIN "ExperimentVariant" AS assignment ON assignment."id" = "assignmentId"`,
  );
  return { assignments, conversions };
}
