// The statements behind `writeHistory`. Chance comes from a hash of who somebody is, so that it is the same everywhere.

/** Of a subject, between 0 and 1, never one of them. */
function chance(of: string, person = "person.name"): string {
  return `((((hashtextextended(${person}, ${seedOf(of)}) & 2147483647) + 0.5) / 2147483648)::float8)`;
}

/** A seed for each question that is asked of a person, or the answers would depend on each other. */
function seedOf(name: string): number {
  return [...name].reduce((seed, letter) => (seed * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
}

/** $1 slug, $2 configuration, $3 epochs. */
export const EXPERIMENT_SQL = `WITH feature AS (
    INSERT INTO "Feature" ("slug", "enabled", "type", "metadata", "createdAt", "updatedAt", "updatedBy")
    VALUES ($1, $2::jsonb ->> 'status' = 'running', 'EXPERIMENT', $2,
      ($2::jsonb ->> 'startedAt')::timestamptz - interval '1 day', ($2::jsonb ->> 'startedAt')::timestamptz,
      ($2::jsonb ->> 'ownerId')::int)
    RETURNING "slug"
  )
  INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage", "startedAt", "endedAt")
  SELECT feature."slug", span."number", span."weights", ($2::jsonb ->> 'trafficPercentage')::numeric, span."from",
    CASE WHEN NOT span."isLast" THEN span."until" END
  FROM feature, jsonb_to_recordset($3::jsonb)
    AS span("number" int, "weights" jsonb, "from" timestamptz, "until" timestamptz, "isLast" boolean)`;

/** Who there is: fewer day by day, and the last of them moments ago. $1 slug, $2 arms and epochs. */
const PERSON = `SELECT arm.*, $1 || '-' || arm.variant || '-' || arm.epoch || '-' || i AS name,
    arm."from" + (arm."until" - arm."from") * power((i - 0.5) / arm.n, 1.25) AS at
  FROM jsonb_to_recordset($2::jsonb) AS arm(variant text, epoch int, n int, "from" timestamptz, "until" timestamptz),
    generate_series(1, arm.n) AS i`;

const COUNTRY = `(ARRAY['DE', 'US', 'GB', 'FR'])[ceil(4 * power(${chance("country")}, 1.6))::int]`;

export const PEOPLE_SQL = `INSERT INTO "User" ("email", "name", "passwordHash", "attributes", "createdAt")
  SELECT person.name || '@history.example', 'A person of a history', '-', jsonb_build_object('country', ${COUNTRY}),
    person.at - interval '20 days'
  FROM (${PERSON}) AS person`;

/** $3 unit, $4 how many were assigned and saw nothing, $5 how many were imported, $6 control. */
export const SUBJECTS_SQL = `WITH person AS (${PERSON})
  INSERT INTO "ExperimentVariant" ("experimentSlug", "variant", "userId", "visitorId", "assignmentType", "epoch",
    "assignedAt", "exposedAt", "sentAt", "metadata")
  SELECT $1, person.variant, "User"."id", CASE WHEN $3 <> 'user' THEN md5(person.name)::uuid END, 'DETERMINISTIC'::"AssignmentType",
    person.epoch, person.at, person.at, person.at, jsonb_build_object(
      'plan', CASE WHEN ${chance("plan")} < 0.7 THEN 'individual' ELSE 'teams' END,
      'attributes', jsonb_build_object('country', ${COUNTRY})
    )
  FROM person LEFT JOIN "User" ON $3 = 'user' AND "User"."email" = person.name || '@history.example'
  UNION ALL
  SELECT $1, $6, NULL, gen_random_uuid(), 'DETERMINISTIC', max(person.epoch), now() - i * interval '7 minutes', NULL, NULL, NULL
  FROM person, generate_series(1, $4::int) AS i GROUP BY i
  UNION ALL
  SELECT $1, $6, NULL, gen_random_uuid(), 'IMPORTED', NULL, now() - interval '1 day', now() - interval '1 day', now(), NULL
  FROM generate_series(1, $5::int)`;

/** Who is in the experiment, by the name that their chances hang on. */
const SUBJECT = `SELECT assignment."id", assignment."userId", assignment."variant", assignment."exposedAt",
    coalesce(assignment."visitorId"::text, "User"."email") AS name
  FROM "ExperimentVariant" AS assignment LEFT JOIN "User" ON "User"."id" = assignment."userId"
  WHERE assignment."experimentSlug" = $1 AND assignment."exposedAt" IS NOT NULL AND assignment."assignmentType" <> 'IMPORTED'`;

const DELAY = `-ln(${chance("delay")}) * rule."delayHours" * interval '1 hour'`;

/** $1 slug, $2 what each variant does. What would happen later has not happened yet. */
export const CONVERSIONS_SQL = `INSERT INTO "ExperimentConversion"
    ("assignmentId", "conversionEvent", "idempotencyKey", "occurredAt", "sentAt")
  SELECT person."id", rule.event, 'history', person."exposedAt" + ${DELAY}, now()
  FROM (${SUBJECT}) AS person
  JOIN jsonb_to_recordset($2::jsonb) AS rule(variant text, event text, rate float8, "delayHours" float8)
    ON rule.variant = person."variant"
  WHERE ${chance("event", "person.name || rule.event")} < rule.rate AND person."exposedAt" + ${DELAY} <= now()`;

/** A team, who owns it and what it pays, for each user who upgrades. */
export const UPGRADES_SQL = `WITH buyer AS MATERIALIZED (
    SELECT person.name, person."userId", person."exposedAt" + ${DELAY} AS at,
      (2 + floor(12 * power(${chance("seats")}, 2)))::int AS seats
    FROM (${SUBJECT}) AS person
    JOIN jsonb_to_recordset($2::jsonb) AS rule(variant text, rate float8, "delayHours" float8) ON rule.variant = person."variant"
    WHERE person."userId" IS NOT NULL AND ${chance("upgrade")} < rule.rate AND person."exposedAt" + ${DELAY} <= now()
  ), team AS (
    INSERT INTO "Team" ("name", "slug", "createdAt") SELECT 'A team of a history', 'team-' || split_part(name, '@', 1), at FROM buyer
    RETURNING "id", "slug"
  ), member AS (
    INSERT INTO "Membership" ("userId", "teamId", "role", "accepted", "createdAt")
    SELECT buyer."userId", team."id", 'OWNER', true, buyer.at FROM buyer
    JOIN team ON team."slug" = 'team-' || split_part(buyer.name, '@', 1)
  )
  INSERT INTO "Subscription" ("teamId", "purchasedById", "seats", "pricePerSeat", "startedAt")
  SELECT team."id", buyer."userId", buyer.seats, 12, buyer.at FROM buyer
  JOIN team ON team."slug" = 'team-' || split_part(buyer.name, '@', 1)`;

/** Two or three event types each within an hour, and what is booked of them within two days. */
export const BOOKINGS_SQL = `WITH type AS (
    INSERT INTO "EventType" ("title", "slug", "durationMinutes", "userId", "createdAt")
    SELECT 'Meeting', 'meeting-' || i, 30, person."userId", person."exposedAt" + i * interval '20 minutes'
    FROM (${SUBJECT}) AS person
    JOIN jsonb_to_recordset($2::jsonb) AS rule(variant text, bookings float8) ON rule.variant = person."variant",
      generate_series(1, 2 + (${chance("types")} < 0.5)::int) AS i
    WHERE person."userId" IS NOT NULL AND person."exposedAt" + i * interval '20 minutes' <= now()
    RETURNING "id", "slug", "userId", "createdAt"
  ), host AS (
    SELECT type.*, rule.bookings, person.name || type."slug" AS name
    FROM type JOIN (${SUBJECT}) AS person ON person."userId" = type."userId"
    JOIN jsonb_to_recordset($2::jsonb) AS rule(variant text, bookings float8) ON rule.variant = person."variant"
  )
  INSERT INTO "Booking" ("eventTypeId", "attendeeName", "attendeeEmail", "startsAt", "createdAt")
  SELECT person."id", 'A guest', 'guest@history.example', person."createdAt" + (i + 3) * interval '1 day', person."createdAt" + i * interval '9 hours'
  FROM host AS person, generate_series(1, round(2 * person.bookings * ${chance("bookings")})::int) AS i
  WHERE person."createdAt" + i * interval '9 hours' <= now()`;
