import type { HostId } from "../types/host-id";
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
  /** The person whose browsers were looked up; null for other units, and for browsers without a person. */
  ownerId: HostId | null;
  /** Whether no other browser of that person can have been seen earlier, without its row being there. */
  isSettled: boolean | null;
}

export const UNITS = ["user", "team", "visitor"] as const satisfies Unit[];

/** A page that asks for so many experiments reads all rows of its subject at once, and each other by itself. */
export const MANY_KEYS = 4;

// Only what the key does not tell: reading a column costs as much as finding the row.
const FOUND = `key.position::int, assignment."id", assignment."variant", assignment."visitorId",
  assignment."assignedAt", assignment."exposedAt", assignment."isProvisional",
  assignment."epoch" IS NULL AS "isImported"`;

const ROW = `SELECT "id", "experimentSlug", "variant", "visitorId", "assignedAt", "exposedAt", "isProvisional", "epoch"
  FROM "ExperimentVariant"`;

/**
 * Which keys name a person and the browser of somebody else: they find nothing. Of such a key only position and owner are
 * told. To be joined to lookups, which tell the types of its columns. Whose a browser is, is looked up once.
 */
export const BROWSERS_OF_OTHERS = `SELECT key.position::int, NULL, NULL, NULL, NULL, NULL, NULL, NULL, asking.owner_id, NULL
  FROM (
    SELECT known.*, own."userId" AS owner_id
    FROM (SELECT DISTINCT visitor_id, person_id FROM key WHERE visitor_id IS NOT NULL AND person_id IS NOT NULL) AS known
    CROSS JOIN LATERAL (SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = known.visitor_id LIMIT 1) AS own
    WHERE own."userId" <> known.person_id OFFSET 0
  ) AS asking
  JOIN key ON key.visitor_id = asking.visitor_id AND key.person_id = asking.person_id`;

/** So long after it was seen, no row of another browser can be on its way that was there before. */
const SETTLED = "interval '10 seconds'";

/** Of a subject that asks for few experiments each row is looked up, of one that asks for many all of them are read. */
export interface Lookups {
  few: string;
  many: string;
}

/**
 * Each LATERAL is one look into an index, whatever the planner believes of the table: a join that it may turn round
 * reads the rows of everybody. A person's other browsers are looked up once, however many experiments are asked for.
 */
export const LOOKUPS: Record<Unit, Lookups> = {
  user: lookUpBy("userId", "user_id"),
  team: lookUpBy("teamId", "team_id"),
  visitor: lookUpBrowsers(),
};

function lookUpBy(column: string, id: string): Lookups {
  const found = `${FOUND}, NULL::experiment_user_id AS "ownerId", true AS "isSettled"`;
  return {
    few: `SELECT ${found} FROM key
      CROSS JOIN LATERAL (${ROW} WHERE "${column}" = key.${id} AND "experimentSlug" = key.slug LIMIT 1) AS assignment
      WHERE NOT key.is_of_many`,
    many: `SELECT ${found} FROM (SELECT DISTINCT ${id} FROM key WHERE ${id} IS NOT NULL AND is_of_many) AS asking
      CROSS JOIN LATERAL (${ROW} WHERE "${column}" = asking.${id} OFFSET 0) AS assignment
      JOIN key ON key.slug = assignment."experimentSlug" AND key.${id} = asking.${id}`,
  };
}

/** Rows of the asking browser, and of all browsers of the person who is signed in, or whom it is linked to. */
function lookUpBrowsers(): Lookups {
  const found = `${FOUND}, asking.owner_id::experiment_user_id AS "ownerId",
    asking.owner_id IS NULL OR assignment."exposedAt" < clock_timestamp() - ${SETTLED} AS "isSettled"`;
  const own = `LEFT JOIN LATERAL (
      SELECT "userId" FROM "VisitorLink" WHERE "visitorId" = asking.visitor_id LIMIT 1
    ) AS own ON true`;
  const asking = (which: string) => `(
      SELECT asking.*, coalesce(asking.person_id, own."userId") AS owner_id
      FROM (SELECT DISTINCT visitor_id, person_id FROM key WHERE visitor_id IS NOT NULL AND ${which}) AS asking ${own}
    ) AS asking`;
  const others = `SELECT "visitorId" AS id FROM "VisitorLink"
    WHERE "userId" = asking.owner_id AND "visitorId" <> asking.visitor_id`;
  const rowsOfEach = `CROSS JOIN LATERAL (${ROW} WHERE "visitorId" = browser.id OFFSET 0) AS assignment
    JOIN key ON key.slug = assignment."experimentSlug" AND key.visitor_id = asking.visitor_id
      AND key.person_id IS NOT DISTINCT FROM asking.person_id`;
  return {
    few: `SELECT ${found} FROM ${asking("NOT is_of_many")}
      JOIN key ON key.visitor_id = asking.visitor_id AND key.person_id IS NOT DISTINCT FROM asking.person_id
      CROSS JOIN LATERAL (${ROW} WHERE "visitorId" = key.visitor_id AND "experimentSlug" = key.slug LIMIT 1) AS assignment
      UNION ALL
      SELECT ${found} FROM ${asking("NOT is_of_many")}
      CROSS JOIN LATERAL (${others} OFFSET 0) AS browser ${rowsOfEach}`,
    many: `SELECT ${found} FROM ${asking("is_of_many")}
      CROSS JOIN LATERAL (SELECT asking.visitor_id AS id UNION ALL ${others} OFFSET 0) AS browser ${rowsOfEach}`,
  };
}
