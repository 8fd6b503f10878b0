import { randomUUID } from "node:crypto";
import type pg from "pg";
import { anIdentity } from "../internals";
import type { TrafficPlan } from "./plan";

type Identity = ReturnType<typeof anIdentity>;

/** Somebody who was made up, and can be told from everybody else for ever. */
export interface InventedSubject {
  /** The id by which their row is found. */
  key: string;
  identity: Identity;
  teamId?: number;
  named: { userId: number } | { teamId: number } | { visitorId: string };
}

/** All ids of invented visitors begin with it. They are of version 8 (RFC 9562), which is for meanings of one's own. */
const PREFIX = "51a7ed00";
const DOMAIN = "simulated.example";

export const COLUMN = { visitor: "visitorId", user: "userId", team: "teamId" } as const;

/** Users cannot sign in: nobody's password has this hash. */
export async function invent(
  pool: pg.Pool,
  { slug, unit, count }: Pick<TrafficPlan, "slug" | "unit" | "count">,
): Promise<InventedSubject[]> {
  if (unit === "visitor") return Array.from({ length: count }, () => visitor(inventedId()));
  const { rows: users } = await pool.query<{ id: number }>(
    `INSERT INTO "User" ("email", "name", "passwordHash")
     SELECT gen_random_uuid() || $2, 'Simulated person', '-' FROM generate_series(1, $1) RETURNING "id"`,
    [count, mailOf(slug)],
  );
  const ids = users.map(({ id }) => id);
  if (unit === "user")
    return ids.map((userId) => ({
      key: String(userId),
      identity: anIdentity({ userId }),
      named: { userId },
    }));
  const { rows: teams } = await pool.query<{ id: number }>(
    `INSERT INTO "Team" ("name", "slug")
     SELECT 'Simulated team', $2 || gen_random_uuid() FROM generate_series(1, $1) RETURNING "id"`,
    [count, teamPrefix(slug)],
  );
  const teamIds = teams.map(({ id }) => id);
  await pool.query(
    `INSERT INTO "Membership" ("userId", "teamId", "role", "accepted")
     SELECT user_id, team_id, 'OWNER', true FROM unnest($1::int[], $2::int[]) AS made (user_id, team_id)`,
    [ids, teamIds],
  );
  return teamIds.map((teamId, index) => ({
    key: String(teamId),
    identity: anIdentity({ userId: ids[index] ?? 0 }),
    teamId,
    named: { teamId },
  }));
}

function visitor(visitorId: string): InventedSubject {
  return { key: visitorId, identity: anIdentity({ visitorId }), named: { visitorId } };
}

function inventedId(): string {
  const [, second, third = "", ...rest] = randomUUID().split("-");
  return [PREFIX, second, `8${third.slice(1)}`, ...rest].join("-");
}

/** Takes whoever was invented for the experiment out of the database; answers how many took part. */
export async function removeInvented(pool: pg.Pool, slug: string): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query("BEGIN");
    const { rowCount } = await client.query(
      `DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = $1 AND (
         "visitorId"::text LIKE $2
         OR "userId" IN (SELECT "id" FROM "User" WHERE right("email", length($3)) = $3)
         OR "teamId" IN (SELECT "id" FROM "Team" WHERE left("slug", length($4)) = $4)
       )`,
      [slug, `${PREFIX}-____-8%`, mailOf(slug), teamPrefix(slug)],
    );
    await client.query(`DELETE FROM "Team" WHERE left("slug", length($1)) = $1`, [teamPrefix(slug)]);
    await client.query(`DELETE FROM "User" WHERE right("email", length($1)) = $1`, [mailOf(slug)]);
    await client.query("COMMIT");
    return rowCount ?? 0;
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  } finally {
    client.release();
  }
}

function mailOf(slug: string): string {
  return `@${slug}.${DOMAIN}`;
}

function teamPrefix(slug: string): string {
  return `simulated-${slug}-`;
}
