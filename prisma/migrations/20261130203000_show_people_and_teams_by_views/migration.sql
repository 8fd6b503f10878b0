-- All that the experiments module sees of the application. Its SQL names these views, and no table behind them: another
-- application writes them over its own. Columns are found by indexes only where they are plain: no id is cast, and what
-- has to be looked up is a subquery, which costs nothing where nobody asks for it.

CREATE VIEW "experiment_host_users" AS
SELECT
  person."id",
  person."email",
  person."name",
  person."createdAt" AS "created_at",
  -- What rules may name. What the application says itself stands over what is written of the person.
  CASE jsonb_typeof(person."attributes") WHEN 'object' THEN person."attributes" ELSE '{}' END
    || jsonb_build_object('role', person."role") AS "attributes",
  -- Where it is null, people have the best plan of their teams.
  NULL::text AS "plan",
  -- Whoever administers the application may do everything with experiments.
  person."role" = 'ADMIN' AS "is_admin"
FROM "User" AS person;

CREATE VIEW "experiment_host_teams" AS
SELECT
  team."id",
  team."name",
  team."slug",
  team."isOrganization" AS "is_organization",
  -- The one that it belongs to, whose plan and flags are its own.
  team."parentId" AS "organization_id",
  CASE
    WHEN (
      SELECT true FROM "Team" AS parent JOIN "Subscription" AS paid ON paid."teamId" = parent."id"
      WHERE parent."id" = team."parentId" AND parent."isOrganization" AND paid."canceledAt" IS NULL LIMIT 1
    ) THEN 'organization'
    WHEN (
      SELECT true FROM "Subscription" AS paid WHERE paid."teamId" = team."id" AND paid."canceledAt" IS NULL LIMIT 1
    ) THEN CASE WHEN team."isOrganization" THEN 'organization' ELSE 'teams' END
    ELSE 'individual'
  END AS "plan",
  (
    SELECT count(*) FROM "Membership" AS membership
    WHERE membership."teamId" = team."id" AND membership."accepted"
  )::int AS "members",
  team."metadata" AS "attributes"
FROM "Team" AS team;

-- Those who have joined. Invitations are none.
CREATE VIEW "experiment_host_memberships" AS
SELECT membership."userId" AS "user_id", membership."teamId" AS "team_id"
FROM "Membership" AS membership WHERE membership."accepted";
