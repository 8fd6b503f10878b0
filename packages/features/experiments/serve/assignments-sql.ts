import type { Unit } from "../types/settings";

/** A row, and which key has found it. */
export interface FoundRow {
  /** The position, from 1, of the key that found it. */
  position: number;
  id: string;
  variant: string;
  /** Null for other units: the id is that of the key. */
  visitorId: string | null;
  assignedAt: Date;
  exposedAt: Date | null;
  isProvisional: boolean;
  isImported: boolean;
}

// Only what the key does not tell: reading a column costs as much as finding the row.
const FOUND = `key.position::int, assignment."id", assignment."variant", assignment."visitorId",
  assignment."assignedAt", assignment."exposedAt", assignment."isProvisional",
  assignment."epoch" IS NULL AS "isImported"`;

export const UNITS = ["user", "team", "visitor"] as const satisfies Unit[];

const ROW = `SELECT "id", "experimentSlug", "variant", "visitorId", "assignedAt", "exposedAt", "isProvisional", "epoch"
  FROM "ExperimentVariant"`;

/**
 * Each LATERAL is one look into an index, whatever the planner believes of the table: a join that it may turn round
 * reads the rows of everybody. A person's other browsers are looked up once, however many experiments are asked for.
 */
export const LOOKUPS: Record<Unit, string> = {
  user: `SELECT ${FOUND} FROM key
    CROSS JOIN LATERAL (${ROW} WHERE "userId" = key.user_id AND "experimentSlug" = key.slug LIMIT 1) AS assignment`,
  team: `SELECT ${FOUND} FROM key
    CROSS JOIN LATERAL (${ROW} WHERE "teamId" = key.team_id AND "experimentSlug" = key.slug LIMIT 1) AS assignment`,
  visitor: `SELECT ${FOUND} FROM key
    CROSS JOIN LATERAL (${ROW} WHERE "visitorId" = key.visitor_id AND "experimentSlug" = key.slug LIMIT 1) AS assignment
    UNION ALL
    SELECT ${FOUND} FROM (
      SELECT asking.*, other."visitorId" AS other_id
      FROM (SELECT DISTINCT visitor_id, person_id FROM key WHERE visitor_id IS NOT NULL) AS asking
      LEFT JOIN LATERAL (
        SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = asking.visitor_id LIMIT 1
      ) AS own ON true
      CROSS JOIN LATERAL (
        SELECT "visitorId" FROM "VisitorLink"
        WHERE "userId" = coalesce(asking.person_id, own."userId") AND "visitorId" <> asking.visitor_id OFFSET 0
      ) AS other
    ) AS browser
    CROSS JOIN LATERAL (${ROW} WHERE "visitorId" = browser.other_id OFFSET 0) AS assignment
    JOIN key ON key.slug = assignment."experimentSlug" AND key.visitor_id = browser.visitor_id
      AND key.person_id IS NOT DISTINCT FROM browser.person_id`,
};
