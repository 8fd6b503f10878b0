import { type Pool, queryRows } from "../sql/runner";
import type { Unit } from "../types/settings";

/** How many participants are read: those who were exposed last. */
const NEWEST = 200;
/** How many conversions of one participant are shown: the latest. */
const CONVERSIONS_OF_ONE = 20;
/**
 * How many conversions of one participant are read to find the latest. No index sorts them by time, so a participant with
 * more would be slow to read. The page then says that the latest may be missing.
 */
const READ_OF_ONE = 300;

export interface FeedRow {
  id: string;
  variant: string;
  unit: Unit;
  /** Null where the subject was erased. */
  unitId: string | null;
  assignedAt: Date;
  exposedAt: Date;
  isImported: boolean;
  isLater: boolean;
  conversions: { id: string; event: string; occurredAt: string }[];
  /** There are more conversions than were read, so that these need not be the latest. */
  isCut: boolean;
}

/** From the end of the index by exposure, and from there by keys: as quick of a million rows as of ten. */
const LATEST = `WITH newest AS MATERIALIZED (
    SELECT "id", "variant", "userId", "teamId", "visitorId", "assignedAt", "exposedAt", "assignmentType"
    FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND "exposedAt" IS NOT NULL
    ORDER BY "exposedAt" DESC LIMIT ${NEWEST}
  )
  SELECT newest."id", "variant", "assignedAt", "exposedAt", "assignmentType" = 'IMPORTED' AS "isImported",
    CASE WHEN "teamId" IS NOT NULL THEN 'team' WHEN "visitorId" IS NOT NULL THEN 'visitor' ELSE 'user' END AS unit,
    coalesce("teamId"::text, "visitorId"::text, "userId"::text) AS "unitId",
    EXISTS (
      SELECT FROM "VisitorLink" AS own
      JOIN "VisitorLink" AS other ON other."userId" = own."userId" AND other."visitorId" <> own."visitorId"
      JOIN "ExperimentVariant" AS earlier ON earlier."visitorId" = other."visitorId" AND earlier."experimentSlug" = $1
      WHERE own."visitorId" = newest."visitorId" AND own."isOneOfSeveral" AND earlier."exposedAt" < newest."exposedAt"
    ) AS "isLater",
    done.conversions, done."isCut"
  FROM newest CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object('id', "id", 'event', "conversionEvent", 'occurredAt', "occurredAt")), '[]')
      AS conversions, coalesce(max("found"), 0) > ${READ_OF_ONE} AS "isCut"
    FROM (
      SELECT *, count(*) OVER () AS "found" FROM (
        SELECT "id", "conversionEvent", "occurredAt" FROM "ExperimentConversion"
        WHERE "assignmentId" = newest."id" LIMIT ${READ_OF_ONE} + 1
      ) AS own ORDER BY "occurredAt" DESC, "id" LIMIT ${CONVERSIONS_OF_ONE}
    ) AS few
  ) AS done
  ORDER BY "exposedAt" DESC`;

/** Reads what happened last in one experiment. */
export class FeedRepository {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  listLatest(slug: string): Promise<FeedRow[]> {
    return queryRows<FeedRow & Record<string, unknown>>(this.#pool, LATEST, [slug]);
  }
}
