import { nameOfRow } from "../experiments/sql";
import type { HostId } from "../experiments/types";
import { type FlagSummary, type Rollout, STALE_AFTER_DAYS } from "./types";

/** A row of the list, as the database has it. */
export interface ListedFlag
  extends Pick<
    FlagSummary,
    "slug" | "type" | "version" | "enabled" | "description" | "stale" | "unchangedDays" | "updatedAt"
  > {
  metadata: unknown;
  updatedById: HostId | null;
  updatedByName: string | null;
  overridesOn: number;
  overridesOff: number;
  rolloutPercentage: number | null;
  rolloutUnit: Rollout["unit"] | null;
  planned: number;
  dropped: number;
  nextAt: Date | null;
  nextEnabled: boolean | null;
  nextPercentage: number | null;
  nextUnit: Rollout["unit"] | null;
  /** Of the whole search, on each row alike. */
  total: number;
}

const differing = (table: "UserFeatures" | "TeamFeatures") => `EXISTS (
  SELECT FROM "${table}" AS "own"
  WHERE "own"."featureId" = "feature"."slug" AND "own"."enabled" <> coalesce("feature"."enabled", false))`;

/** Null where an application that had flags before says neither. Its times without a zone are in UTC. */
const CHANGED_AT = `coalesce(
  to_timestamp(extract(epoch FROM "feature"."updatedAt")), to_timestamp(extract(epoch FROM "feature"."createdAt")))`;

/** On, or off, for everybody, and meant to be taken out of the code one day. */
const IS_UNCHANGED = `(
  "feature"."type"::text IN ('RELEASE', 'PERMISSION')
  AND ("feature"."rolloutUnit" IS NULL OR "feature"."enabled" IS NOT TRUE)
  AND ${CHANGED_AT} < now() - INTERVAL '${STALE_AFTER_DAYS} days'
  AND NOT ${differing("UserFeatures")} AND NOT ${differing("TeamFeatures")})`;

/**
 * A page of flags: $1 patterns that must all match, or null; $2 the types in their order; $3 page, from 1; $4 rows of a
 * page; $5 whether only stale ones, $6 only those with a schedule. Of a page beyond the last one, the last.
 */
export const LIST = `
  WITH matching AS MATERIALIZED (
    SELECT "feature"."slug", array_position($2::text[], coalesce("feature"."type"::text, 'RELEASE')) AS "group"
    FROM "Feature" AS "feature"
    WHERE ($1::text[] IS NULL OR concat_ws(' ', "feature"."slug", "feature"."description",
      CASE WHEN "feature"."type" = 'EXPERIMENT' THEN "feature"."metadata" ->> 'name' END) ILIKE ALL ($1))
      AND (NOT $5::boolean OR "feature"."stale" OR ${IS_UNCHANGED})
      AND (NOT $6::boolean OR EXISTS (
        SELECT FROM "ScheduledFlagChange" AS scheduled WHERE scheduled."flagSlug" = "feature"."slug"))
  ), counted AS (
    SELECT count(*)::int AS "total", greatest(ceil(count(*) / $4::numeric), 1) AS "pages" FROM matching
  ), page AS (
    SELECT "slug", "group" FROM matching ORDER BY "group", "slug"
    LIMIT $4::int OFFSET (SELECT $4::int * (least($3::int, "pages") - 1) FROM counted)
  )
  SELECT counted."total", "feature"."slug", coalesce("feature"."type"::text, 'RELEASE') AS "type",
    "feature"."version", coalesce("feature"."enabled", false) AS "enabled",
    COALESCE("feature"."description", '') AS "description", coalesce("feature"."stale", false) AS "stale",
    ${CHANGED_AT} AS "updatedAt",
    CASE WHEN "feature"."type" IS DISTINCT FROM 'EXPERIMENT' THEN "feature"."rolloutPercentage" END AS "rolloutPercentage",
    "feature"."rolloutUnit",
    CASE WHEN ${IS_UNCHANGED}
      THEN floor(extract(epoch FROM now() - greatest(${CHANGED_AT}, to_timestamp(0))) / 86400)::int END AS "unchangedDays",
    "editor"."id" AS "updatedById", ${nameOfRow('"editor"')} AS "updatedByName",
    CASE WHEN "feature"."type" = 'EXPERIMENT' THEN "feature"."metadata" END AS "metadata",
    "own"."on" AS "overridesOn", "own"."off" AS "overridesOff",
    scheduled."planned", scheduled."dropped", next."at" AS "nextAt", next."enabled" AS "nextEnabled",
    next."rolloutPercentage" AS "nextPercentage", next."rolloutUnit" AS "nextUnit"
  FROM counted CROSS JOIN page
  JOIN "Feature" AS "feature" ON "feature"."slug" = page."slug"
  LEFT JOIN "experiment_host_users" AS "editor" ON "editor"."id" = "feature"."updatedBy"
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE "enabled")::int AS "on", count(*) FILTER (WHERE NOT "enabled")::int AS "off"
    FROM (SELECT "enabled" FROM "UserFeatures" WHERE "featureId" = page."slug"
          UNION ALL SELECT "enabled" FROM "TeamFeatures" WHERE "featureId" = page."slug") AS "rows"
  ) AS "own"
  CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE "dropped" IS NULL)::int AS "planned", count("dropped")::int AS "dropped"
    FROM "ScheduledFlagChange" WHERE "flagSlug" = page."slug"
  ) AS scheduled
  LEFT JOIN LATERAL (
    SELECT "at", "enabled", "rolloutPercentage", "rolloutUnit" FROM "ScheduledFlagChange"
    WHERE "flagSlug" = page."slug" AND "dropped" IS NULL ORDER BY "at", "id" LIMIT 1
  ) AS next ON true
  ORDER BY page."group", page."slug"`;

export const COUNT_ALL = `SELECT count(*)::int AS "overall" FROM "Feature"`;
