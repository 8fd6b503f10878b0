import { nameOfRow } from "../../experiments/sql";
import { MOST_SCHEDULED } from "./types";

/** The transaction that wrote the row: whatever changes it, in whatever way, makes another version. */
const versionOf = (row: string) => `${row}.xmin::text::float8`;

/** More were planned by hand, or dropped again and again. */
const MOST_LISTED = 100;
export const LIST = `
  SELECT scheduled."id", ${versionOf("scheduled")} AS "version", scheduled."at", scheduled."enabled", scheduled."rolloutPercentage", scheduled."rolloutUnit",
    scheduled."dropped", scheduled."droppedAt", planner."id" AS "plannerId", ${nameOfRow("planner")} AS "plannerName"
  FROM "ScheduledFlagChange" AS scheduled LEFT JOIN "experiment_host_users" AS planner ON planner."id" = scheduled."plannedBy"
  WHERE scheduled."flagSlug" = $1
  ORDER BY scheduled."droppedAt" DESC NULLS FIRST, scheduled."at", scheduled."id" LIMIT ${MOST_LISTED}`;

export const IS_LATER = `
  SELECT $2::timestamptz > clock_timestamp() AS "isLater" FROM "Feature" WHERE "slug" = $1 AND "type" IS DISTINCT FROM 'EXPERIMENT'`;

/** Whoever converts the flag waits, and then drops what was planned meanwhile. */
export const HOLD = `SELECT "slug" FROM "Feature" WHERE "slug" = $1 AND "type" IS DISTINCT FROM 'EXPERIMENT' FOR NO KEY UPDATE`;
export const OTHERS = `
  SELECT "id" FROM "ScheduledFlagChange" WHERE "flagSlug" = $1 AND "dropped" IS NULL AND "id" IS DISTINCT FROM $2::int
  LIMIT ${MOST_SCHEDULED}`;

/** Whether another switch is planned for that time, or another share where this is one. */
export const SAME_TIME = `
  SELECT "id" FROM "ScheduledFlagChange" WHERE "flagSlug" = $1 AND "dropped" IS NULL AND "id" IS DISTINCT FROM $2::int
    AND "at" = $3::timestamptz(3) AND ("enabled" IS NULL) = ($4::boolean IS NULL)
  LIMIT 1`;
export const VERSION = `
  SELECT ${versionOf('"ScheduledFlagChange"')} AS "version" FROM "ScheduledFlagChange" WHERE "flagSlug" = $1 AND "id" = $2::int FOR UPDATE`;

export const ADD = `
  INSERT INTO "ScheduledFlagChange" ("flagSlug", "at", "enabled", "rolloutPercentage", "rolloutUnit", "plannedBy")
  VALUES ($1, $2::timestamptz, $3::boolean, $4::float8, $5::text, $6)`;
export const UPDATE = `
  UPDATE "ScheduledFlagChange" SET "at" = $2::timestamptz, "enabled" = $3::boolean, "rolloutPercentage" = $4::float8,
    "rolloutUnit" = $5::text, "plannedBy" = $6, "plannedAt" = clock_timestamp(), "dropped" = NULL, "droppedAt" = NULL
  WHERE "flagSlug" = $1 AND "id" = $7::int`;
export const REMOVE = `DELETE FROM "ScheduledFlagChange" WHERE "flagSlug" = $1 AND "id" = $2::int`;
