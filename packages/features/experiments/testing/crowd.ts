import pg from "pg";

/** How many other people there are. */
export interface CrowdSize {
  users: number;
  teams: number;
  /** Rows of assignments, nearly all of them in one experiment. */
  assignments: number;
  /** Experiments that nobody takes part in. */
  drafts: number;
}

export interface CrowdExperiments {
  /** Of visitors: it has nearly all rows, and began after the few had come. */
  big?: string;
  ofUsers: string[];
  ofTeams: string[];
  ofVisitors: string[];
}

// biome-ignore lint/style/noProcessEnv: a knob of tests alone, for the size that takes minutes to load.
const isFull = process.env.GROWTH === "full";
/** What GROWTH=full takes, or as much as has the planner choose alike within seconds. */
export const MANY: CrowdSize = isFull
  ? { users: 200_000, teams: 21_000, assignments: 1_500_000, drafts: 5_000 }
  : { users: 10_000, teams: 5_000, assignments: 50_000, drafts: 1_000 };
/** For loading them, and for what is tried over them. */
export const CROWD_MS = isFull ? 900_000 : 60_000;

const FEW: CrowdSize = { users: 40, teams: 20, assignments: 200, drafts: 5 };

const TABLES = [
  "User",
  "Team",
  "Membership",
  "Subscription",
  "VisitorLink",
  "Feature",
  "UserFeatures",
  "TeamFeatures",
  "AuditLog",
  "ExperimentVariant",
  "ExperimentConversion",
];

/**
 * Other people's rows, past the application. Statistics that are taken between the few and the many are old afterwards:
 * all rows of the few were seen and sent, and half of the many are neither.
 */
export class Crowd {
  readonly #connectionString: string;
  readonly #experiments: CrowdExperiments;

  constructor(connectionString: string, experiments: CrowdExperiments) {
    this.#connectionString = connectionString;
    this.#experiments = experiments;
  }

  addFew(): Promise<void> {
    return this.#add("few", FEW);
  }

  addMany(): Promise<void> {
    return this.#add("many", MANY);
  }

  async #add(name: "few" | "many", { users, teams, assignments, drafts }: CrowdSize): Promise<void> {
    const { big, ofUsers, ofTeams, ofVisitors } = this.#experiments;
    const isNew = name === "many";
    // Of its own: those of a pool give up after some seconds.
    const connection = new pg.Client(this.#connectionString);
    await connection.connect();
    try {
      for (const table of TABLES)
        await connection.query(`ALTER TABLE "${table}" SET (autovacuum_enabled = false)`);
      await connection.query("BEGIN");
      // Neither triggers nor foreign keys: the crowd is right as it is, and there is much of it.
      await connection.query("SET LOCAL session_replication_role = replica");
      await connection.query(USERS, [name, users]);
      await connection.query(TEAMS, [name, teams]);
      await connection.query(MEMBERSHIPS, [name]);
      await connection.query(SUBSCRIPTIONS, [name]);
      await connection.query(DRAFTS, [name, drafts]);
      await connection.query(FLAG, [name]);
      await connection.query(CHANGES_OF_FLAGS, [name, users]);
      await connection.query(VISITORS, [isNew && big ? [big] : [], name, assignments, isNew]);
      await connection.query(VISITORS, [
        ofVisitors,
        `${name} elsewhere`,
        Math.ceil(assignments / 100),
        isNew,
      ]);
      await connection.query(IN_USERS, [ofUsers, name, Math.ceil(users / 20), isNew]);
      await connection.query(IN_TEAMS, [ofTeams, name, Math.ceil(teams / 20), isNew]);
      await connection.query(LINKS, [big ?? "", name, users]);
      await connection.query(CONVERSIONS, [isNew]);
      await connection.query("COMMIT");
    } finally {
      await connection.end();
    }
  }
}

const USERS = `INSERT INTO "User" ("email", "name", "passwordHash", "attributes")
  SELECT $1 || i || '@crowd.example', 'Somebody else', '-', '{"country": "DE"}' FROM generate_series(1, $2::int) AS i`;

/** Every fortieth is an organization; the others belong to one in half of the cases. */
const TEAMS = `INSERT INTO "Team" ("id", "name", "slug", "isOrganization", "parentId")
  SELECT first + i, 'Another team', $1 || '-team-' || i, i % 40 = 0,
    CASE WHEN i % 40 <> 0 AND i % 2 = 0 THEN first + (i / 40) * 40 + 40 END
  FROM generate_series(1, $2::int - $2::int % 40) AS i, (SELECT coalesce(max("id"), 0) + 1000 AS first FROM "Team") AS known`;

const MEMBERSHIPS = `WITH team AS (
    SELECT "id", row_number() OVER (ORDER BY "id") AS place FROM "Team" WHERE "slug" LIKE $1 || '-team-%'
  ), person AS (
    SELECT "id", row_number() OVER (ORDER BY "id") AS place FROM "User" WHERE "email" LIKE $1 || '%@crowd.example'
  )
  INSERT INTO "Membership" ("userId", "teamId", "accepted") SELECT person."id", team."id", person.place % 10 <> 0
  FROM person CROSS JOIN (SELECT count(*) AS n FROM team) AS teams CROSS JOIN generate_series(1, 2) AS nth
  JOIN team ON team.place = (person.place / nth) % teams.n + 1
  ON CONFLICT DO NOTHING`;

const SUBSCRIPTIONS = `INSERT INTO "Subscription" ("teamId", "seats", "pricePerSeat")
  SELECT "id", 5, 12 FROM "Team" WHERE "slug" LIKE $1 || '-team-%' AND "id" % 3 = 0`;

const DRAFTS = `INSERT INTO "Feature" ("slug", "type", "metadata")
  SELECT $1 || '-draft-' || i, 'EXPERIMENT', (
    SELECT "metadata" || '{"status": "draft"}' FROM "Feature" WHERE "metadata" ->> 'status' = 'running' LIMIT 1
  ) FROM generate_series(1, $2::int) AS i`;

/** A flag that says something for each of them. */
const FLAG = `WITH flag AS (
    INSERT INTO "Feature" ("slug", "type") VALUES ($1 || '-flag', 'RELEASE') RETURNING "slug"
  ), people AS (
    INSERT INTO "UserFeatures" ("userId", "featureId", "enabled")
    SELECT "User"."id", flag."slug", true FROM flag, "User" WHERE "email" LIKE $1 || '%@crowd.example'
  )
  INSERT INTO "TeamFeatures" ("teamId", "featureId", "enabled")
  SELECT "Team"."id", flag."slug", true FROM flag, "Team" WHERE "Team"."slug" LIKE $1 || '-team-%'`;

/** What administrators have done to flags, which the log of changes holds too. */
const CHANGES_OF_FLAGS = `INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "after")
  SELECT i % 1000, 'app', CASE i % 2 WHEN 0 THEN 'Feature' ELSE 'UserFeatures' END, $1 || '-flag', 'UPDATE', '{"type": "RELEASE"}'
  FROM generate_series(1, $2::int) AS i`;

/** What a row of somebody else holds after its subject; $4: half of them are neither seen nor sent. */
const HISTORY = `'control', 'DETERMINISTIC'::"AssignmentType", 1, now() - i * interval '1 second',
    CASE WHEN NOT $4 OR i % 2 = 0 THEN now() - i * interval '1 second' END,
    CASE WHEN NOT $4 OR i % 4 = 0 THEN now() END`;
const COLUMNS = `"variant", "assignmentType", "epoch", "assignedAt", "exposedAt", "sentAt"`;

const VISITORS = `INSERT INTO "ExperimentVariant" ("experimentSlug", "visitorId", ${COLUMNS})
  SELECT slug, md5($2 || slug || i)::uuid, ${HISTORY} FROM unnest($1::text[]) AS slug, generate_series(1, $3::int) AS i`;

const IN_USERS = `INSERT INTO "ExperimentVariant" ("experimentSlug", "userId", ${COLUMNS})
  SELECT slug, person."id", ${HISTORY} FROM unnest($1::text[]) AS slug, (
    SELECT "id", row_number() OVER () AS i FROM "User" WHERE "email" LIKE $2 || '%@crowd.example' LIMIT $3
  ) AS person`;

const IN_TEAMS = `INSERT INTO "ExperimentVariant" ("experimentSlug", "teamId", ${COLUMNS})
  SELECT slug, team."id", ${HISTORY} FROM unnest($1::text[]) AS slug, (
    SELECT "id", row_number() OVER () AS i FROM "Team" WHERE "slug" LIKE $2 || '-team-%' LIMIT $3
  ) AS team`;

const LINKS = `INSERT INTO "VisitorLink" ("visitorId", "userId")
  SELECT md5($2 || $1 || i)::uuid, person."id" FROM (
    SELECT "id", row_number() OVER () AS i FROM "User" WHERE "email" LIKE $2 || '%@crowd.example' LIMIT $3 / 2
  ) AS person`;

const CONVERSIONS = `INSERT INTO "ExperimentConversion"
    ("assignmentId", "experimentSlug", "conversionEvent", "idempotencyKey", "occurredAt", "sentAt")
  SELECT "id", "experimentSlug", 'clicked', 'crowd', "exposedAt", CASE WHEN NOT $1 THEN now() END
  FROM "ExperimentVariant" WHERE "exposedAt" IS NOT NULL AND NOT EXISTS (
    SELECT FROM "ExperimentConversion" AS known WHERE known."assignmentId" = "ExperimentVariant"."id"
  )`;
