-- The tables of the experiments module. Before this file the three views have to be there by which it sees people, teams
-- and memberships. Every name says its schema, and every function sets its own search path: none relies on a session's.

CREATE TYPE {{schema}}."AssignmentType" AS ENUM ('DETERMINISTIC', 'RANDOM', 'IMPORTED');
CREATE TYPE {{schema}}."ExperimentRole" AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');

-- ─── The host's ids ──────────────────────────────────────────────────────────

-- Columns have the host's own types. By these names statements say the type of a parameter, whatever it is here.
CREATE DOMAIN {{schema}}.experiment_user_id AS {{userId}};
CREATE DOMAIN {{schema}}.experiment_team_id AS {{teamId}};

-- The user whom a text names; null where it is no id that a user can have.
CREATE FUNCTION {{schema}}.experiment_user_id_of(content text) RETURNS {{userId}} LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT {{userIdOfContent}}
$$;

-- Within JSON an id is what it is by itself: a bigint would become a number that JavaScript cannot hold.
CREATE FUNCTION {{schema}}.experiment_user_json(id {{userId}}) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT to_jsonb({{userIdInJson}})
$$;
CREATE FUNCTION {{schema}}.experiment_team_json(id {{teamId}}) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT to_jsonb({{teamIdInJson}})
$$;

-- ─── Flags, of which experiments are one kind ────────────────────────────────

-- @if ownFlags
CREATE TYPE {{schema}}."FeatureType" AS ENUM ('RELEASE', 'EXPERIMENT', 'OPERATIONAL', 'KILL_SWITCH', 'PERMISSION');
CREATE TABLE {{flags}}."Feature" (
  "slug" text NOT NULL,
  "enabled" boolean NOT NULL DEFAULT false,
  "description" text,
  "type" {{schema}}."FeatureType" NOT NULL DEFAULT 'RELEASE',
  "metadata" jsonb,
  "stale" boolean NOT NULL DEFAULT false,
  "version" integer NOT NULL DEFAULT 1,
  "createdAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedBy" {{userId}},
  "rolloutPercentage" double precision,
  "rolloutUnit" text,
  CONSTRAINT "Feature_pkey" PRIMARY KEY ("slug"),
  CONSTRAINT "Feature_rollout_is_a_share" CHECK (
    ("rolloutPercentage" IS NULL) = ("rolloutUnit" IS NULL)
    AND ("rolloutPercentage" > 0 AND "rolloutPercentage" < 100) IS NOT FALSE
    AND ("rolloutUnit" IN ('user', 'team')) IS NOT FALSE
  ),
  -- A change of the one without the other is refused, whoever tries it. Rows without a status are accepted.
  CONSTRAINT "Feature_enabled_mirrors_status" CHECK (
    "type" <> 'EXPERIMENT' OR ("metadata" ->> 'status') IS NULL OR "enabled" = ("metadata" ->> 'status' = 'running')
  )
);
CREATE INDEX "Feature_type_updatedAt_idx" ON {{flags}}."Feature" ("type", "updatedAt");

CREATE TABLE {{flags}}."UserFeatures" (
  "userId" {{userId}} NOT NULL,
  "featureId" text NOT NULL,
  "enabled" boolean NOT NULL,
  "assignedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "assignedBy" {{userId}},
  CONSTRAINT "UserFeatures_pkey" PRIMARY KEY ("userId", "featureId"),
  CONSTRAINT "UserFeatures_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX "UserFeatures_featureId_idx" ON {{flags}}."UserFeatures" ("featureId");
CREATE INDEX "UserFeatures_assignedBy_idx" ON {{flags}}."UserFeatures" ("assignedBy");

CREATE TABLE {{flags}}."TeamFeatures" (
  "teamId" {{teamId}} NOT NULL,
  "featureId" text NOT NULL,
  "enabled" boolean NOT NULL,
  "assignedAt" timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "assignedBy" {{userId}},
  CONSTRAINT "TeamFeatures_pkey" PRIMARY KEY ("teamId", "featureId"),
  CONSTRAINT "TeamFeatures_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX "TeamFeatures_featureId_idx" ON {{flags}}."TeamFeatures" ("featureId");
CREATE INDEX "TeamFeatures_assignedBy_idx" ON {{flags}}."TeamFeatures" ("assignedBy");
-- @end
-- @if hostFlags
-- The application has flags of its own, whose rows stay as they are. What they lack is added, and says so in its comment;
-- columns that are nobody's here are left alone.
DO $install$
DECLARE
  wanted record;
  found text;
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = '{{flags}}."Feature"'::regclass AND attname = 'type' AND NOT attisdropped) THEN
    CREATE TYPE {{schema}}."FeatureType" AS ENUM ('RELEASE', 'EXPERIMENT', 'OPERATIONAL', 'KILL_SWITCH', 'PERMISSION');
    COMMENT ON TYPE {{schema}}."FeatureType" IS 'experiments';
  ELSIF EXISTS (
    SELECT FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
    WHERE attrelid = '{{flags}}."Feature"'::regclass AND attname = 'type' AND typtype = 'e'
      AND NOT EXISTS (SELECT FROM pg_enum WHERE enumtypid = pg_type.oid AND enumlabel = 'EXPERIMENT')
  ) THEN
    RAISE EXCEPTION 'Add the value EXPERIMENT to the type of the column "type" of {{flags}}."Feature", in a migration before this one.';
  END IF;
  FOR wanted IN
    SELECT * FROM (VALUES
      ('Feature', 'slug', '', 'text,character varying'),
      ('Feature', 'enabled', '', 'boolean'),
      ('Feature', 'description', 'text', 'text,character varying'),
      ('Feature', 'type', '{{schema}}."FeatureType" NOT NULL DEFAULT ''RELEASE''', ''),
      ('Feature', 'metadata', 'jsonb', 'jsonb'),
      ('Feature', 'stale', 'boolean NOT NULL DEFAULT false', 'boolean'),
      ('Feature', 'version', 'integer NOT NULL DEFAULT 1', 'integer'),
      ('Feature', 'createdAt', 'timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP', 'timestamp with time zone,timestamp without time zone'),
      ('Feature', 'updatedAt', 'timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP', 'timestamp with time zone,timestamp without time zone'),
      ('Feature', 'updatedBy', '{{updatedBy}}', '{{userId}}'),
      ('Feature', 'rolloutPercentage', 'double precision', 'double precision'),
      ('Feature', 'rolloutUnit', 'text', 'text'),
      ('UserFeatures', 'userId', '', '{{userId}}'),
      ('UserFeatures', 'featureId', '', 'text,character varying'),
      ('UserFeatures', 'enabled', 'boolean NOT NULL DEFAULT true', 'boolean'),
      ('UserFeatures', 'assignedAt', 'timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP', 'timestamp with time zone,timestamp without time zone'),
      ('TeamFeatures', 'teamId', '', '{{teamId}}'),
      ('TeamFeatures', 'featureId', '', 'text,character varying'),
      ('TeamFeatures', 'enabled', 'boolean NOT NULL DEFAULT true', 'boolean'),
      ('TeamFeatures', 'assignedAt', 'timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP', 'timestamp with time zone,timestamp without time zone')
    ) AS wanted (host_table, name, definition, types)
  LOOP
    SELECT format_type(atttypid, NULL) INTO found FROM pg_attribute
    WHERE attrelid = format('{{flags}}.%I', wanted.host_table)::regclass AND attname = wanted.name AND NOT attisdropped;
    IF found IS NULL AND wanted.definition = '' THEN
      RAISE EXCEPTION 'The table {{flags}}."%" has no column "%": name the tables of your flags with --flags-tables, or leave it out.', wanted.host_table, wanted.name;
    ELSIF found IS NULL THEN
      EXECUTE format('ALTER TABLE {{flags}}.%I ADD COLUMN %I %s', wanted.host_table, wanted.name, wanted.definition);
      EXECUTE format('COMMENT ON COLUMN {{flags}}.%I.%I IS ''experiments''', wanted.host_table, wanted.name);
    ELSIF wanted.types <> '' AND NOT found = ANY(string_to_array(wanted.types, ',')) THEN
      RAISE EXCEPTION 'The column "%" of {{flags}}."%" is %, and experiments need it as %: change its type, or its name.', wanted.name, wanted.host_table, found, wanted.types;
    END IF;
  END LOOP;
  SELECT string_agg(quote_ident(attname), ', ') INTO found FROM pg_attribute
  WHERE attrelid = '{{flags}}."Feature"'::regclass AND attnum > 0 AND NOT attisdropped
    AND attnotnull AND NOT atthasdef AND attidentity = ''
    AND attname NOT IN ('slug', 'enabled', 'description', 'type', 'metadata', 'stale', 'createdAt', 'updatedAt', 'updatedBy');
  IF found IS NOT NULL THEN
    RAISE EXCEPTION 'Give these columns of {{flags}}."Feature" a default: %. Experiments are rows of it, and do not know what to write there.', found;
  END IF;
END $install$;
-- @end

CREATE TABLE {{schema}}."ScheduledFlagChange" (
  "id" serial NOT NULL,
  "flagSlug" text NOT NULL,
  "at" timestamptz(3) NOT NULL,
  -- Null where the share is set; without one, that is for everybody.
  "enabled" boolean,
  "rolloutPercentage" double precision,
  "rolloutUnit" text,
  "plannedBy" {{userId}},
  "plannedAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  -- One that was carried out goes; one that was dropped stays with its reason, until somebody has read it.
  "dropped" text,
  "droppedAt" timestamptz(3),
  CONSTRAINT "ScheduledFlagChange_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "ScheduledFlagChange_is_one_change" CHECK ("enabled" IS NULL OR "rolloutUnit" IS NULL),
  CONSTRAINT "ScheduledFlagChange_rollout_is_a_share" CHECK (
    ("rolloutPercentage" IS NULL) = ("rolloutUnit" IS NULL)
    AND ("rolloutPercentage" > 0 AND "rolloutPercentage" < 100) IS NOT FALSE
    AND ("rolloutUnit" IN ('user', 'team')) IS NOT FALSE
  ),
  CONSTRAINT "ScheduledFlagChange_dropped_for_a_reason" CHECK (
    ("dropped" IS NULL) = ("droppedAt" IS NULL)
    AND ("dropped" IN ('switched', 'converted', 'not_allowed')) IS NOT FALSE
  ),
  CONSTRAINT "ScheduledFlagChange_flagSlug_fkey" FOREIGN KEY ("flagSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX "ScheduledFlagChange_flagSlug_at_idx" ON {{schema}}."ScheduledFlagChange" ("flagSlug", "at");
CREATE INDEX "ScheduledFlagChange_plannedBy_idx" ON {{schema}}."ScheduledFlagChange" ("plannedBy");
CREATE INDEX "ScheduledFlagChange_due_idx" ON {{schema}}."ScheduledFlagChange" ("at") WHERE "dropped" IS NULL;

-- Flags may be on for a share, by the hash by which experiments take their traffic. Functions of SQL name the schema of
-- what they call, instead of a search path: so PostgreSQL can make them part of the statement.

-- The product of two numbers below 2³², as 32 bits hold it. In halves: in one piece it would exceed a bigint.
CREATE FUNCTION {{schema}}.multiply_32_bits(a bigint, b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ((a & 65535) * b + ((((a >> 16) * b) & 65535) << 16)) & 4294967295
$$;

-- MurmurHash3 x86_32, seed 0, of the UTF-8 bytes: 0 to 2³²−1.
CREATE FUNCTION {{schema}}.murmur3(content text) RETURNS bigint LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SET search_path = {{searchPath}}, pg_temp AS $$
DECLARE
  bytes bytea := convert_to(content, 'UTF8');
  size integer := octet_length(bytes);
  hash bigint := 0;
  block bigint;
  start integer := 0;
BEGIN
  WHILE start < size LOOP
    block := 0;
    FOR place IN 0 .. least(3, size - start - 1) LOOP
      block := block | (get_byte(bytes, start + place)::bigint << (8 * place));
    END LOOP;
    block := {{schema}}.multiply_32_bits(block, 3432918353);
    block := {{schema}}.multiply_32_bits(((block << 15) | (block >> 17)) & 4294967295, 461845907);
    hash := hash # block;
    -- The bytes at the end that fill no block are not mixed.
    IF size - start >= 4 THEN
      hash := ((hash << 13) | (hash >> 19)) & 4294967295;
      hash := (hash * 5 + 3864292196) & 4294967295;
    END IF;
    start := start + 4;
  END LOOP;
  hash := hash # size;
  hash := {{schema}}.multiply_32_bits(hash # (hash >> 16), 2246822507);
  hash := {{schema}}.multiply_32_bits(hash # (hash >> 13), 3266489909);
  RETURN hash # (hash >> 16);
END $$;

-- Shares are counted in hundredths of a percent, as those of experiments are.
CREATE FUNCTION {{schema}}.is_rolled_out(slug text, percentage double precision, unit_id anynonarray) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT {{schema}}.murmur3('traffic:' || slug || ':' || unit_id::text) < floor(round(percentage::numeric * 100) * 4294967296 / 10000)
$$;

-- ─── Phases, and who takes part ──────────────────────────────────────────────

CREATE TABLE {{schema}}."ExperimentEpoch" (
  "experimentSlug" text NOT NULL,
  "number" integer NOT NULL,
  "weights" jsonb NOT NULL,
  "trafficPercentage" numeric(5, 2) NOT NULL,
  "startedAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  "endedAt" timestamptz(3),
  CONSTRAINT "ExperimentEpoch_pkey" PRIMARY KEY ("experimentSlug", "number"),
  CONSTRAINT "ExperimentEpoch_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT "ExperimentEpoch_ends_after_its_start" CHECK ("endedAt" >= "startedAt"),
  CONSTRAINT "ExperimentEpoch_traffic_is_a_percentage" CHECK ("trafficPercentage" BETWEEN 0 AND 100)
);

CREATE TABLE {{schema}}."ExperimentVariant" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "experimentSlug" text NOT NULL,
  "variant" text NOT NULL,
  "userId" {{userId}},
  "teamId" {{teamId}},
  "visitorId" uuid,
  "assignmentType" {{schema}}."AssignmentType" NOT NULL,
  "epoch" integer,
  "assignedAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  "exposedAt" timestamptz(3),
  "sentAt" timestamptz(3),
  "metadata" jsonb,
  "isProvisional" boolean NOT NULL DEFAULT false,
  -- The transaction that has written the row, and the one that has noted the exposure.
  "insertedIn" bigint DEFAULT pg_current_xact_id()::text::bigint,
  "exposedIn" bigint,
  CONSTRAINT "ExperimentVariant_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "ExperimentVariant_experimentSlug_epoch_fkey" FOREIGN KEY ("experimentSlug", "epoch") REFERENCES {{schema}}."ExperimentEpoch" ("experimentSlug", "number") ON UPDATE CASCADE ON DELETE NO ACTION,
  -- A subject is one user, one team or one visitor; a row with none is an erased subject.
  CONSTRAINT "ExperimentVariant_has_at_most_one_subject" CHECK (num_nonnulls("userId", "teamId", "visitorId") <= 1),
  -- Imported rows belong to no epoch, and all others do.
  CONSTRAINT "ExperimentVariant_epoch_unless_imported" CHECK (("epoch" IS NULL) = ("assignmentType" = 'IMPORTED')),
  -- They are kept from the start: a recount could not tell when a provisional one began to count.
  CONSTRAINT "ExperimentVariant_imported_is_not_provisional" CHECK (NOT ("isProvisional" AND "assignmentType" = 'IMPORTED'))
);

-- Each holds subjects apart, and finds all rows of one.
CREATE UNIQUE INDEX "ExperimentVariant_userId_experimentSlug_key"
  ON {{schema}}."ExperimentVariant" ("userId", "experimentSlug") WHERE "userId" IS NOT NULL;
CREATE UNIQUE INDEX "ExperimentVariant_teamId_experimentSlug_key"
  ON {{schema}}."ExperimentVariant" ("teamId", "experimentSlug") WHERE "teamId" IS NOT NULL;
CREATE UNIQUE INDEX "ExperimentVariant_visitorId_experimentSlug_key"
  ON {{schema}}."ExperimentVariant" ("visitorId", "experimentSlug") WHERE "visitorId" IS NOT NULL;

-- A recount reads the rows of its experiment and no others, and only indexes: they have all that it needs.
CREATE INDEX "ExperimentVariant_recount_idx" ON {{schema}}."ExperimentVariant" ("experimentSlug", "exposedAt")
  INCLUDE ("id", "variant", "epoch", "assignmentType", "assignedAt", "userId", "teamId", "visitorId");
CREATE INDEX "ExperimentVariant_imported_idx" ON {{schema}}."ExperimentVariant" ("experimentSlug") WHERE "assignmentType" = 'IMPORTED';
CREATE INDEX "ExperimentVariant_facts_idx" ON {{schema}}."ExperimentVariant" ("experimentSlug") WHERE "metadata" IS NOT NULL;
CREATE INDEX "ExperimentVariant_erased_idx" ON {{schema}}."ExperimentVariant" ("experimentSlug")
  WHERE num_nonnulls("userId", "teamId", "visitorId") = 0;
CREATE INDEX "ExperimentVariant_provisional_idx" ON {{schema}}."ExperimentVariant" ("experimentSlug", "assignedAt")
  WHERE "isProvisional" AND "exposedAt" IS NULL;
-- What analytics has not been told of.
CREATE INDEX "ExperimentVariant_unsent_idx" ON {{schema}}."ExperimentVariant" ("exposedAt")
  WHERE "sentAt" IS NULL AND "exposedAt" IS NOT NULL;
-- Rows stand in the table about in the order in which they were written.
CREATE INDEX "ExperimentVariant_written_idx" ON {{schema}}."ExperimentVariant" USING brin ("insertedIn", "exposedIn") WITH (pages_per_range = 16, autosummarize = on);
-- Millions of rows are some hundred days: without this the planner expects a group for each row.
CREATE STATISTICS {{schema}}."ExperimentVariant_exposure_day"
  ON (("exposedAt" AT TIME ZONE INTERVAL '0')::date) FROM {{schema}}."ExperimentVariant";

CREATE TABLE {{schema}}."ExperimentConversion" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "assignmentId" uuid NOT NULL,
  "conversionEvent" text NOT NULL,
  "idempotencyKey" text NOT NULL,
  "value" numeric(20, 6),
  "occurredAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  "sentAt" timestamptz(3),
  "experimentSlug" text NOT NULL DEFAULT '',
  "insertedIn" bigint DEFAULT pg_current_xact_id()::text::bigint,
  CONSTRAINT "ExperimentConversion_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "ExperimentConversion_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES {{schema}}."ExperimentVariant" ("id") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE UNIQUE INDEX "ExperimentConversion_assignmentId_conversionEvent_idempoten_key"
  ON {{schema}}."ExperimentConversion" ("assignmentId", "conversionEvent", "idempotencyKey");
CREATE INDEX "ExperimentConversion_recount_idx"
  ON {{schema}}."ExperimentConversion" ("experimentSlug", "conversionEvent") INCLUDE ("assignmentId", "occurredAt", "value");
CREATE INDEX "ExperimentConversion_unsent_idx" ON {{schema}}."ExperimentConversion" ("occurredAt") WHERE "sentAt" IS NULL;
CREATE INDEX "ExperimentConversion_written_idx" ON {{schema}}."ExperimentConversion" USING brin ("insertedIn") WITH (pages_per_range = 16, autosummarize = on);

CREATE TABLE {{schema}}."VisitorLink" (
  "visitorId" uuid NOT NULL,
  "userId" {{userId}} NOT NULL,
  "linkedAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  "isOneOfSeveral" boolean NOT NULL DEFAULT false,
  "insertedIn" bigint DEFAULT pg_current_xact_id()::text::bigint,
  CONSTRAINT "VisitorLink_pkey" PRIMARY KEY ("visitorId")
);
CREATE INDEX "VisitorLink_userId_idx" ON {{schema}}."VisitorLink" ("userId");
CREATE INDEX "VisitorLink_several_idx" ON {{schema}}."VisitorLink" ("visitorId") INCLUDE ("userId", "linkedAt") WHERE "isOneOfSeveral";
CREATE INDEX "VisitorLink_written_idx" ON {{schema}}."VisitorLink" USING brin ("insertedIn") WITH (pages_per_range = 16, autosummarize = on);

-- ─── Results ─────────────────────────────────────────────────────────────────

CREATE TABLE {{schema}}."ExperimentResult" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "experimentSlug" text NOT NULL,
  "asOf" timestamptz(3) NOT NULL,
  "isReceipt" boolean NOT NULL DEFAULT false,
  "result" jsonb NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "ExperimentResult_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "ExperimentResult_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX "ExperimentResult_experimentSlug_asOf_idx" ON {{schema}}."ExperimentResult" ("experimentSlug", "asOf");
-- One stored result for each experiment, which refreshing replaces, and one receipt, which nothing does.
CREATE UNIQUE INDEX "ExperimentResult_current_key" ON {{schema}}."ExperimentResult" ("experimentSlug") WHERE NOT "isReceipt";
CREATE UNIQUE INDEX "ExperimentResult_receipt_key" ON {{schema}}."ExperimentResult" ("experimentSlug") WHERE "isReceipt";

CREATE TABLE {{schema}}."ExperimentCount" (
  "experimentSlug" text NOT NULL,
  "asOf" timestamptz(3) NOT NULL,
  "assignments" integer NOT NULL,
  "recentExposures" integer NOT NULL,
  "counts" jsonb,
  CONSTRAINT "ExperimentCount_pkey" PRIMARY KEY ("experimentSlug"),
  CONSTRAINT "ExperimentCount_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);

-- What a recount has counted, and in which snapshot.
CREATE TABLE {{schema}}."ExperimentFold" (
  "experimentSlug" text NOT NULL,
  "kind" text NOT NULL,
  "question" text NOT NULL,
  "snapshot" text NOT NULL,
  "counted" jsonb NOT NULL,
  CONSTRAINT "ExperimentFold_pkey" PRIMARY KEY ("experimentSlug", "kind"),
  CONSTRAINT "ExperimentFold_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);

-- Experiments whose rows were changed in another way than by adding some or by an exposure: all of theirs are counted
-- again. It names nobody, and has no foreign key: rows of an experiment go after it has gone.
CREATE TABLE {{schema}}."ExperimentUpset" (
  "experimentSlug" text NOT NULL,
  "upsetIn" bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  CONSTRAINT "ExperimentUpset_pkey" PRIMARY KEY ("experimentSlug", "upsetIn")
);

-- A verdict in a word and what somebody has to look at, as the background has judged it with the newest result.
CREATE TABLE {{schema}}."ExperimentHealth" (
  "experimentSlug" text NOT NULL,
  "asOf" timestamptz(3) NOT NULL,
  "verdict" text,
  "daysToGo" integer,
  "unitsToGo" integer,
  "problems" text[] NOT NULL DEFAULT '{}',
  "lastExposedOn" date,
  "harmed" text[] NOT NULL DEFAULT '{}',
  "broken" text[] NOT NULL DEFAULT '{}',
  CONSTRAINT "ExperimentHealth_pkey" PRIMARY KEY ("experimentSlug"),
  CONSTRAINT "ExperimentHealth_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX "ExperimentHealth_problems_idx" ON {{schema}}."ExperimentHealth" ("experimentSlug") WHERE "problems" <> '{}';

CREATE TABLE {{schema}}."ExperimentAsk" (
  "experimentSlug" text NOT NULL,
  "build" text NOT NULL,
  "asked" bigint NOT NULL,
  "firstAskedAt" timestamptz(3) NOT NULL,
  "lastAskedAt" timestamptz(3) NOT NULL,
  CONSTRAINT "ExperimentAsk_pkey" PRIMARY KEY ("experimentSlug", "build"),
  CONSTRAINT "ExperimentAsk_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);

-- ─── Who works with experiments, and what they did ───────────────────────────

CREATE TABLE {{schema}}."ExperimentMember" (
  "userId" {{userId}} NOT NULL,
  "role" {{schema}}."ExperimentRole" NOT NULL,
  "grantedById" {{userId}},
  "grantedAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "ExperimentMember_pkey" PRIMARY KEY ("userId")
);
CREATE INDEX "ExperimentMember_grantedById_idx" ON {{schema}}."ExperimentMember" ("grantedById");

-- Filters of the list that people keep for themselves.
CREATE TABLE {{schema}}."ExperimentView" (
  "userId" {{userId}} NOT NULL,
  "name" text NOT NULL,
  "filter" jsonb NOT NULL,
  "ownerId" {{userId}},
  "createdAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "ExperimentView_pkey" PRIMARY KEY ("userId", "name")
);
CREATE INDEX "ExperimentView_ownerId_idx" ON {{schema}}."ExperimentView" ("ownerId");

-- Metrics that people make from the sources that code defines. A definition is a version of its own and never changes:
-- experiments that have started keep theirs.
CREATE TABLE {{schema}}."ExperimentMetric" (
  "key" text NOT NULL,
  "description" text NOT NULL DEFAULT '',
  "status" text NOT NULL DEFAULT 'ready',
  "ownerId" {{userId}},
  "version" integer NOT NULL,
  "revision" integer NOT NULL DEFAULT 1,
  "createdAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "ExperimentMetric_pkey" PRIMARY KEY ("key"),
  CONSTRAINT "ExperimentMetric_status_check" CHECK ("status" IN ('draft', 'ready', 'archived'))
);
CREATE INDEX "ExperimentMetric_ownerId_idx" ON {{schema}}."ExperimentMetric" ("ownerId");

CREATE TABLE {{schema}}."ExperimentMetricVersion" (
  "key" text NOT NULL,
  "version" integer NOT NULL,
  "definition" jsonb NOT NULL,
  "createdById" {{userId}},
  "createdAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "ExperimentMetricVersion_pkey" PRIMARY KEY ("key", "version"),
  CONSTRAINT "ExperimentMetricVersion_key_fkey" FOREIGN KEY ("key") REFERENCES {{schema}}."ExperimentMetric" ("key") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX "ExperimentMetricVersion_createdById_idx" ON {{schema}}."ExperimentMetricVersion" ("createdById");

-- What a team wants checked before each start, and who has checked it for which experiment.
CREATE TABLE {{schema}}."ExperimentChecklistItem" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "text" text NOT NULL,
  "createdById" {{userId}},
  "createdAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "ExperimentChecklistItem_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ExperimentChecklistItem_createdById_idx" ON {{schema}}."ExperimentChecklistItem" ("createdById");

CREATE TABLE {{schema}}."ExperimentCheck" (
  "experimentSlug" text NOT NULL,
  "itemId" uuid NOT NULL,
  "checkedById" {{userId}},
  "checkedAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "ExperimentCheck_pkey" PRIMARY KEY ("experimentSlug", "itemId"),
  CONSTRAINT "ExperimentCheck_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT "ExperimentCheck_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES {{schema}}."ExperimentChecklistItem" ("id") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX "ExperimentCheck_itemId_idx" ON {{schema}}."ExperimentCheck" ("itemId");
CREATE INDEX "ExperimentCheck_checkedById_idx" ON {{schema}}."ExperimentCheck" ("checkedById");

-- When a variant was last opened in a preview, by whomever: the review before a start says which nobody has looked at.
CREATE TABLE {{schema}}."ExperimentPreview" (
  "experimentSlug" text NOT NULL,
  "variant" text NOT NULL,
  "openedAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "ExperimentPreview_pkey" PRIMARY KEY ("experimentSlug", "variant"),
  CONSTRAINT "ExperimentPreview_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE TABLE {{schema}}."PreviewLink" (
  "id" uuid NOT NULL DEFAULT gen_random_uuid(),
  "experimentSlug" text NOT NULL,
  "makerId" {{userId}} NOT NULL,
  "createdAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  "expiresAt" timestamptz(3) NOT NULL,
  -- A link to a report opens by a secret, of which the hash is kept. Links to variants have none: they are signed.
  "tokenHash" text,
  CONSTRAINT "PreviewLink_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "PreviewLink_tokenHash_check" CHECK ("tokenHash" ~ '^[0-9a-f]{64}$'),
  CONSTRAINT "PreviewLink_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES {{flags}}."Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);
CREATE INDEX "PreviewLink_experimentSlug_expiresAt_idx" ON {{schema}}."PreviewLink" ("experimentSlug", "expiresAt");
CREATE INDEX "PreviewLink_makerId_idx" ON {{schema}}."PreviewLink" ("makerId");
CREATE UNIQUE INDEX "PreviewLink_tokenHash_key" ON {{schema}}."PreviewLink" ("tokenHash");

CREATE TABLE {{schema}}."AuditLog" (
  "id" bigserial NOT NULL,
  "at" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  "actorId" {{userId}},
  "actorRole" text NOT NULL,
  "tableName" text NOT NULL,
  "rowKey" text NOT NULL,
  "action" text NOT NULL,
  "before" jsonb,
  "after" jsonb,
  CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "AuditLog_tableName_rowKey_id_idx" ON {{schema}}."AuditLog" ("tableName", "rowKey", "id");
CREATE INDEX "AuditLog_actorId_id_idx" ON {{schema}}."AuditLog" ("actorId", "id");
-- The key of such an entry is `user:flag`.
CREATE INDEX "AuditLog_flags_of_user_idx" ON {{schema}}."AuditLog" ("rowKey" text_pattern_ops) WHERE "tableName" = 'UserFeatures';
-- A page of the activity begins at its end, or where the last page ended, and goes on for as many entries as it shows.
CREATE INDEX "AuditLog_activity_idx" ON {{schema}}."AuditLog" ("at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person', 'ExperimentMetric', 'ExperimentChecklistItem');
CREATE INDEX "AuditLog_activity_of_row_idx" ON {{schema}}."AuditLog" ("rowKey", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person', 'ExperimentMetric', 'ExperimentChecklistItem');
CREATE INDEX "AuditLog_activity_of_actor_idx" ON {{schema}}."AuditLog" ("actorId", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person', 'ExperimentMetric', 'ExperimentChecklistItem');

-- ─── What nodes agree by ─────────────────────────────────────────────────────

CREATE TABLE {{schema}}."ConfigEpoch" (
  "id" integer NOT NULL DEFAULT 1,
  "value" bigint NOT NULL DEFAULT 0,
  CONSTRAINT "ConfigEpoch_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "ConfigEpoch_is_one_row" CHECK ("id" = 1)
);
INSERT INTO {{schema}}."ConfigEpoch" ("id", "value") VALUES (1, 0);

-- Work that one node at a time does for all. A lease that is not renewed runs out.
CREATE TABLE {{schema}}."Lease" (
  "name" text NOT NULL,
  "holder" uuid,
  "until" timestamptz(3) NOT NULL,
  "failures" integer NOT NULL DEFAULT 0,
  "startedAt" timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);

{{foreignKeys}}-- ─── Erasure: ids, links, facts and keys go, variant, times and counts stay ──

CREATE FUNCTION {{schema}}.forget_facts_of_erased_subject() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  NEW."metadata" := CASE WHEN NEW."metadata" ? 'erasedPerson'
    THEN jsonb_build_object('erasedPerson', NEW."metadata" -> 'erasedPerson') END;
  RETURN NEW;
END $$;

CREATE TRIGGER "ExperimentVariant_forget_facts" BEFORE UPDATE ON {{schema}}."ExperimentVariant"
  FOR EACH ROW WHEN (num_nonnulls(NEW."userId", NEW."teamId", NEW."visitorId") = 0)
  EXECUTE FUNCTION {{schema}}.forget_facts_of_erased_subject();

CREATE FUNCTION {{schema}}.forget_keys_of_erased_subject() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  UPDATE "ExperimentConversion" SET "idempotencyKey" = gen_random_uuid()::text WHERE "assignmentId" = NEW."id";
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_forget_keys" AFTER UPDATE ON {{schema}}."ExperimentVariant"
  FOR EACH ROW WHEN (
    num_nonnulls(NEW."userId", NEW."teamId", NEW."visitorId") = 0
    AND num_nonnulls(OLD."userId", OLD."teamId", OLD."visitorId") > 0
  )
  EXECUTE FUNCTION {{schema}}.forget_keys_of_erased_subject();

-- The links themselves go by foreign key, so the rows they point at must be reached before. The visitors that were
-- linked to a person stay one person in each experiment, under an id that is drawn here and stands nowhere else.
CREATE FUNCTION {{schema}}.erase_visitors_of(erased {{userId}}) RETURNS void LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  WITH theirs AS (
    SELECT "id", "experimentSlug" FROM "ExperimentVariant"
    WHERE "visitorId" IN (SELECT "visitorId" FROM "VisitorLink" WHERE "userId" = erased)
    ORDER BY "id" FOR UPDATE
  ), person AS (
    SELECT "experimentSlug", jsonb_build_object('erasedPerson', gen_random_uuid()) AS "metadata"
    FROM theirs GROUP BY "experimentSlug" HAVING count(*) > 1
  )
  UPDATE "ExperimentVariant" AS assignment SET "visitorId" = NULL, "metadata" = person."metadata"
  FROM theirs LEFT JOIN person USING ("experimentSlug") WHERE assignment."id" = theirs."id";
END $$;
-- @if keys

CREATE FUNCTION {{schema}}.erase_linked_visitors() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM erase_visitors_of(OLD.{{usersId}});
  RETURN OLD;
END $$;

CREATE TRIGGER "User_erase_linked_visitors" BEFORE DELETE ON {{usersTable}}
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.erase_linked_visitors();
-- @end

-- ─── Versions, notifications, slugs that are never reused ────────────────────

CREATE FUNCTION {{schema}}.count_feature_version() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  NEW."version" := OLD."version" + 1;
-- @if ownFlags
  NEW."updatedAt" := clock_timestamp();
-- @end
-- @if hostFlags
  -- Of its own flags the application says when they were changed.
  IF NEW."type" = 'EXPERIMENT' THEN
    NEW."updatedAt" := clock_timestamp();
  END IF;
-- @end
  RETURN NEW;
END $$;

-- @if ownFlags
CREATE TRIGGER "Feature_count_version" BEFORE UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (OLD."type" <> 'EXPERIMENT' OR OLD.* IS DISTINCT FROM NEW.*)
  EXECUTE FUNCTION {{schema}}.count_feature_version();
-- @end
-- @if hostFlags
-- What the application stamps on its own columns is no change of an experiment.
CREATE TRIGGER "Feature_count_version" BEFORE UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN ({{ofOld}} IS DISTINCT FROM {{ofNew}})
  EXECUTE FUNCTION {{schema}}.count_feature_version();
-- @end

-- Only slug and version travel: payloads over 8 kB fail. The counter is what a node polls when it cannot listen.
CREATE FUNCTION {{schema}}.announce_experiment_change() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
DECLARE
  changed record;
BEGIN
  changed := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  IF TG_OP = 'UPDATE' AND OLD."version" = NEW."version" THEN
    RETURN NULL;
  END IF;
  UPDATE "ConfigEpoch" SET "value" = "value" + 1;
  PERFORM pg_notify('experiment_config', json_build_object('slug', changed."slug", 'version', changed."version")::text);
  RETURN NULL;
END $$;

CREATE TRIGGER "Feature_announce_experiment_change" AFTER INSERT OR UPDATE OR DELETE ON {{flags}}."Feature"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.announce_experiment_change();

CREATE FUNCTION {{schema}}.refuse_used_slug() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    RAISE EXCEPTION 'The slug of an experiment cannot be changed' USING ERRCODE = 'CX002';
  END IF;
  IF EXISTS (
    SELECT 1 FROM "AuditLog"
    WHERE "tableName" = 'Feature' AND "rowKey" = NEW."slug" AND "action" = 'DELETE' AND "before" ->> 'type' = 'EXPERIMENT'
  ) THEN
    RAISE EXCEPTION 'The slug % belonged to a deleted experiment', NEW."slug" USING ERRCODE = 'CX001';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "Feature_refuse_used_slug" BEFORE INSERT ON {{flags}}."Feature"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.refuse_used_slug();
CREATE TRIGGER "Feature_refuse_renamed_slug" BEFORE UPDATE OF "slug" ON {{flags}}."Feature"
  FOR EACH ROW WHEN (OLD."slug" <> NEW."slug" AND OLD."type" = 'EXPERIMENT') EXECUTE FUNCTION {{schema}}.refuse_used_slug();

-- Rows without a lifecycle run without an epoch: they get the one that assignments refer to.
CREATE FUNCTION {{schema}}.open_first_epoch() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage")
  SELECT NEW."slug", 0, coalesce(jsonb_object_agg(variant ->> 'name', variant -> 'percentage'), '{}'), 100
  FROM jsonb_array_elements(
    CASE jsonb_typeof(NEW."metadata" -> 'variants') WHEN 'array' THEN NEW."metadata" -> 'variants' ELSE '[]' END
  ) AS variant
  WHERE variant ->> 'name' IS NOT NULL
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER "Feature_open_first_epoch" AFTER INSERT OR UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (NEW."type" = 'EXPERIMENT' AND NEW."enabled" AND (NEW."metadata" ->> 'status') IS NULL)
  EXECUTE FUNCTION {{schema}}.open_first_epoch();

-- Flag code that knows of no experiments writes `enabled`. What it can mean is done here, with all that belongs to it;
-- anything else is refused with a sentence.
CREATE FUNCTION {{schema}}.take_raw_switch() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
DECLARE
  status text := OLD."metadata" ->> 'status';
  present text := to_char(clock_timestamp() AT TIME ZONE INTERVAL '0', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  variants jsonb := NEW."metadata" -> 'variants';
  epoch integer;
BEGIN
-- @if ownFlags
  -- Nothing would change: no version, no line in the log. What an ORM sets along with every update is no change.
  IF to_jsonb(OLD) - 'updatedAt' = to_jsonb(NEW) - 'updatedAt' THEN
    RETURN OLD;
  END IF;
-- @end
  -- Rows from before there was a lifecycle have no other status than `enabled`; who writes a status writes both.
  IF OLD."enabled" = NEW."enabled" OR status IS NULL OR status IS DISTINCT FROM NEW."metadata" ->> 'status' THEN
    RETURN NEW;
  END IF;

  IF status = 'running' THEN
    NEW."metadata" := jsonb_set(NEW."metadata", '{status}', '"off"');
    UPDATE "ExperimentEpoch" SET "endedAt" = clock_timestamp()
      WHERE "experimentSlug" = NEW."slug" AND "endedAt" IS NULL;
    RETURN NEW;
  END IF;

  IF status <> 'off' THEN
    RAISE EXCEPTION 'Start the experiment % where experiments are administered: it is %, and "enabled" only turns one off that runs, and on again.',
      NEW."slug", status USING ERRCODE = 'CX004';
  END IF;

  epoch := coalesce((NEW."metadata" ->> 'epoch')::integer, 0) + 1;
  NEW."metadata" := NEW."metadata" || jsonb_build_object('status', 'running', 'epoch', epoch);
  -- An end that fell due meanwhile must not undo it a moment later.
  IF (NEW."metadata" #>> '{schedule,stopAt}') COLLATE "C" <= present THEN
    NEW."metadata" := jsonb_set(NEW."metadata", '{schedule,stopAt}', 'null');
  END IF;
  INSERT INTO "ExperimentEpoch" ("experimentSlug", "number", "weights", "trafficPercentage")
  SELECT NEW."slug", epoch, coalesce(jsonb_object_agg(variant ->> 'name', variant -> 'percentage'), '{}'),
    coalesce((NEW."metadata" ->> 'trafficPercentage')::numeric, 100)
  FROM jsonb_array_elements(CASE jsonb_typeof(variants) WHEN 'array' THEN variants ELSE '[]' END) AS variant
  WHERE variant ->> 'name' IS NOT NULL;
  RETURN NEW;
END $$;

-- Triggers fire in the order of their names: this one first, so that its change is counted, logged and announced once.
CREATE TRIGGER "Feature_accept_raw_switch" BEFORE UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (OLD."type" = 'EXPERIMENT' AND NEW."type" = 'EXPERIMENT')
  EXECUTE FUNCTION {{schema}}.take_raw_switch();

-- Whoever switches a flag by hand, by whatever code, takes over: a plan must not undo a moment later what somebody does
-- in a hurry. An experiment has a schedule of its own.
CREATE FUNCTION {{schema}}.drop_scheduled_changes() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  UPDATE "ScheduledFlagChange"
    SET "dropped" = CASE WHEN NEW."type" = 'EXPERIMENT' THEN 'converted' ELSE 'switched' END, "droppedAt" = clock_timestamp()
    WHERE "flagSlug" = NEW."slug" AND "dropped" IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "Feature_drop_scheduled_changes" AFTER UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (
    OLD."type" <> 'EXPERIMENT' AND (
      NEW."type" = 'EXPERIMENT'
      OR (OLD."enabled" <> NEW."enabled" AND current_setting('calcom.is_scheduled', true) IS DISTINCT FROM 'true')))
  EXECUTE FUNCTION {{schema}}.drop_scheduled_changes();

-- ─── Rows of an experiment ───────────────────────────────────────────────────

-- A row belongs to a phase, and the phase to its experiment. Imported rows belong to none: for them alone triggers do
-- what a foreign key to the experiment would, which costs each other row a fifth of its writing.
CREATE FUNCTION {{schema}}.require_experiment_of_imported() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM FROM "Feature" WHERE "slug" = NEW."experimentSlug" FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no experiment %', NEW."experimentSlug" USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_require_experiment" AFTER INSERT OR UPDATE OF "experimentSlug", "epoch" ON {{schema}}."ExperimentVariant"
  FOR EACH ROW WHEN (NEW."epoch" IS NULL) EXECUTE FUNCTION {{schema}}.require_experiment_of_imported();

-- Whoever is writing a row holds its phase, and is waited for: then it is there to be deleted.
CREATE FUNCTION {{schema}}.delete_assignments() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM FROM "ExperimentEpoch" WHERE "experimentSlug" = OLD."slug" ORDER BY "number" FOR UPDATE;
  PERFORM note_deleted_rows(OLD."slug");
  DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = OLD."slug";
  RETURN OLD;
END $$;

CREATE TRIGGER "Feature_delete_assignments" BEFORE DELETE ON {{flags}}."Feature"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.delete_assignments();

-- Phases, and with them all other rows, follow by their keys.
CREATE FUNCTION {{schema}}.rename_imported_assignments() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  UPDATE "ExperimentVariant" SET "experimentSlug" = NEW."slug" WHERE "experimentSlug" = OLD."slug" AND "epoch" IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "Feature_rename_imported_assignments" AFTER UPDATE OF "slug" ON {{flags}}."Feature"
  FOR EACH ROW WHEN (OLD."slug" <> NEW."slug") EXECUTE FUNCTION {{schema}}.rename_imported_assignments();

-- ─── What rows know of others ────────────────────────────────────────────────

-- Conversions know their experiment. The database fills it in, so that no writer can forget it or get it wrong.
CREATE FUNCTION {{schema}}.name_experiment_of_conversion() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  SELECT "experimentSlug" INTO NEW."experimentSlug" FROM "ExperimentVariant" WHERE "id" = NEW."assignmentId";
  -- Without an assignment the foreign key refuses the row: it says why better than a missing slug would.
  NEW."experimentSlug" := coalesce(NEW."experimentSlug", '');
  RETURN NEW;
END $$;

CREATE TRIGGER "ExperimentConversion_name_experiment" BEFORE INSERT ON {{schema}}."ExperimentConversion"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.name_experiment_of_conversion();

-- The first hundred browsers of a person are linked: who decides or credits asks for all of them. Those of whoever has
-- several are marked, which spares a recount a look at all others.
CREATE FUNCTION {{schema}}.mark_one_of_several() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  -- Two browsers that are linked at the same moment would not see each other.
  PERFORM pg_advisory_xact_lock(hashtextextended('browsers of ' || NEW."userId", 0));
  IF (SELECT count(*) FROM (SELECT FROM "VisitorLink" WHERE "userId" = NEW."userId" LIMIT 100) AS known) = 100 THEN
    RETURN NULL;
  END IF;
  UPDATE "VisitorLink" SET "isOneOfSeveral" = true
  WHERE "userId" = NEW."userId" AND "visitorId" <> NEW."visitorId" AND NOT "isOneOfSeveral";
  NEW."isOneOfSeveral" := NEW."isOneOfSeveral"
    OR EXISTS (SELECT FROM "VisitorLink" WHERE "userId" = NEW."userId" AND "visitorId" <> NEW."visitorId");
  RETURN NEW;
END $$;

CREATE TRIGGER "VisitorLink_mark_one_of_several" BEFORE INSERT ON {{schema}}."VisitorLink"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.mark_one_of_several();

CREATE FUNCTION {{schema}}.refuse_changing_receipt() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'A receipt cannot be changed' USING ERRCODE = 'CX004';
END $$;

CREATE TRIGGER "ExperimentResult_receipts_are_final" BEFORE UPDATE ON {{schema}}."ExperimentResult"
  FOR EACH ROW WHEN (OLD."isReceipt") EXECUTE FUNCTION {{schema}}.refuse_changing_receipt();

CREATE FUNCTION {{schema}}.refuse_changing_version() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'A version of a metric is final: make another one' USING ERRCODE = 'CX005';
END $$;
CREATE TRIGGER "ExperimentMetricVersion_is_final" BEFORE UPDATE ON {{schema}}."ExperimentMetricVersion"
  FOR EACH ROW WHEN ((OLD."key", OLD."version", OLD."definition", OLD."createdAt") IS DISTINCT FROM (NEW."key", NEW."version", NEW."definition", NEW."createdAt"))
  EXECUTE FUNCTION {{schema}}.refuse_changing_version();

-- A node of the version before does not know of the definitions that an experiment holds, and saves it without them.
CREATE FUNCTION {{schema}}.keep_metric_definitions() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  NEW."metadata" := NEW."metadata" || jsonb_build_object('catalogMetrics', OLD."metadata" -> 'catalogMetrics');
  RETURN NEW;
END $$;
CREATE TRIGGER "Feature_keep_metric_definitions" BEFORE UPDATE OF "metadata" ON {{flags}}."Feature"
  FOR EACH ROW WHEN (OLD."metadata" ? 'catalogMetrics' AND NEW."metadata" ? 'salt' AND NOT NEW."metadata" ? 'catalogMetrics')
  EXECUTE FUNCTION {{schema}}.keep_metric_definitions();

-- ─── Audit: in the transaction of the change, whoever makes it ───────────────

-- Arguments: the columns that make up the key of a row.
CREATE FUNCTION {{schema}}.audit_change() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
BEGIN
  INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "before", "after")
  VALUES (
    nullif(current_setting('calcom.actor_id', true), '')::{{userId}},
    session_user,
    TG_TABLE_NAME,
    (SELECT string_agg(coalesce(after, before) ->> part, ':' ORDER BY position)
       FROM unnest(TG_ARGV) WITH ORDINALITY AS key(part, position)),
    TG_OP,
    before,
    after
  );
  RETURN NULL;
END $$;

-- @if ownFlags
CREATE TRIGGER "Feature_audit" AFTER INSERT OR DELETE ON {{flags}}."Feature"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('slug');
CREATE TRIGGER "Feature_audit_change" AFTER UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION {{schema}}.audit_change('slug');
CREATE TRIGGER "UserFeatures_audit" AFTER INSERT OR UPDATE OR DELETE ON {{flags}}."UserFeatures"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('userId', 'featureId');
CREATE TRIGGER "TeamFeatures_audit" AFTER INSERT OR UPDATE OR DELETE ON {{flags}}."TeamFeatures"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('teamId', 'featureId');
-- @end
-- @if hostFlags
-- The flags of the application are its own, until they are experiments.
CREATE TRIGGER "Feature_audit_insert" AFTER INSERT ON {{flags}}."Feature"
  FOR EACH ROW WHEN (NEW."type" = 'EXPERIMENT') EXECUTE FUNCTION {{schema}}.audit_change('slug');
CREATE TRIGGER "Feature_audit_delete" AFTER DELETE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (OLD."type" = 'EXPERIMENT') EXECUTE FUNCTION {{schema}}.audit_change('slug');
CREATE TRIGGER "Feature_audit_change" AFTER UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN ((OLD."type" = 'EXPERIMENT' OR NEW."type" = 'EXPERIMENT') AND {{ofOld}} IS DISTINCT FROM {{ofNew}})
  EXECUTE FUNCTION {{schema}}.audit_change('slug');
-- @end
CREATE TRIGGER "ScheduledFlagChange_audit" AFTER INSERT OR UPDATE OR DELETE ON {{schema}}."ScheduledFlagChange"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('flagSlug', 'id');
CREATE TRIGGER "ExperimentEpoch_audit" AFTER INSERT OR UPDATE OR DELETE ON {{schema}}."ExperimentEpoch"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('experimentSlug', 'number');
CREATE TRIGGER "ExperimentMember_audit" AFTER INSERT OR UPDATE OR DELETE ON {{schema}}."ExperimentMember"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('userId');
CREATE TRIGGER "ExperimentMetric_audit" AFTER INSERT OR UPDATE OR DELETE ON {{schema}}."ExperimentMetric"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('key');
CREATE TRIGGER "ExperimentMetricVersion_audit" AFTER INSERT OR UPDATE OR DELETE ON {{schema}}."ExperimentMetricVersion"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('key', 'version');
CREATE TRIGGER "ExperimentChecklistItem_audit" AFTER INSERT OR UPDATE OR DELETE ON {{schema}}."ExperimentChecklistItem"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('id');
CREATE TRIGGER "ExperimentCheck_audit" AFTER INSERT OR UPDATE OR DELETE ON {{schema}}."ExperimentCheck"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('experimentSlug', 'itemId');
-- One that has expired is tidied away without a word.
CREATE TRIGGER "PreviewLink_audit_minted" AFTER INSERT ON {{schema}}."PreviewLink"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.audit_change('experimentSlug');
CREATE TRIGGER "PreviewLink_audit_revoked" AFTER DELETE ON {{schema}}."PreviewLink"
  FOR EACH ROW WHEN (OLD."expiresAt" > clock_timestamp()) EXECUTE FUNCTION {{schema}}.audit_change('experimentSlug');

-- ─── What nodes remember of rows is announced when it changes ────────────────

-- Nodes remember the rows of those who have seen their variant. What may change all the same is announced, by the names
-- under which a node remembers. That somebody has seen a variant is not: NOTIFY lets one transaction commit after the
-- other.
CREATE FUNCTION {{schema}}.announce_changed_row() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM pg_notify('experiment_rows', name)
  FROM (VALUES
    ('user ' || OLD."userId"), ('team ' || OLD."teamId"), ('visitor ' || OLD."visitorId"),
    ('user ' || NEW."userId"), ('team ' || NEW."teamId"), ('visitor ' || NEW."visitorId")
  ) AS changed (name)
  WHERE name IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "ExperimentVariant_announce_changed" AFTER UPDATE ON {{schema}}."ExperimentVariant"
  FOR EACH ROW WHEN (
    OLD."exposedAt" IS NOT NULL
    AND (OLD."experimentSlug", OLD."variant", OLD."userId", OLD."teamId", OLD."visitorId", OLD."epoch", OLD."exposedAt")
      IS DISTINCT FROM
      (NEW."experimentSlug", NEW."variant", NEW."userId", NEW."teamId", NEW."visitorId", NEW."epoch", NEW."exposedAt")
  )
  EXECUTE FUNCTION {{schema}}.announce_changed_row();

-- Deleted rows are noted once for a transaction, under the name of their experiment, which may have millions. What
-- deletes that many notes it first: then no trigger is queued for any of them.
CREATE FUNCTION {{schema}}.note_deleted_rows(slug text) RETURNS void LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM set_config('calcom.deleted_rows_of', slug, true);
  PERFORM pg_notify('experiment_rows', 'experiment ' || slug);
  INSERT INTO "ExperimentUpset" ("experimentSlug") VALUES (slug) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION {{schema}}.note_deleted_row() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  IF current_setting('calcom.deleted_rows_of', true) IS DISTINCT FROM OLD."experimentSlug" THEN
    PERFORM note_deleted_rows(OLD."experimentSlug");
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "ExperimentVariant_note_deleted" AFTER DELETE ON {{schema}}."ExperimentVariant"
  FOR EACH ROW WHEN (
    NOT (OLD."isProvisional" AND OLD."exposedAt" IS NULL)
    AND current_setting('calcom.deleted_rows_of', true) IS DISTINCT FROM OLD."experimentSlug"
  )
  EXECUTE FUNCTION {{schema}}.note_deleted_row();
CREATE TRIGGER "ExperimentConversion_note_deleted" AFTER DELETE ON {{schema}}."ExperimentConversion"
  FOR EACH ROW WHEN (current_setting('calcom.deleted_rows_of', true) IS DISTINCT FROM OLD."experimentSlug")
  EXECUTE FUNCTION {{schema}}.note_deleted_row();

CREATE FUNCTION {{schema}}.announce_truncated_rows() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM pg_notify('experiment_rows', 'all');
  RETURN NULL;
END $$;
CREATE TRIGGER "ExperimentVariant_announce_truncated" AFTER TRUNCATE ON {{schema}}."ExperimentVariant"
  FOR EACH STATEMENT EXECUTE FUNCTION {{schema}}.announce_truncated_rows();
CREATE TRIGGER "VisitorLink_announce_truncated" AFTER TRUNCATE ON {{schema}}."VisitorLink"
  FOR EACH STATEMENT EXECUTE FUNCTION {{schema}}.announce_truncated_rows();

-- A link changes whose rows speak for the browser, and for every other browser of the person.
CREATE FUNCTION {{schema}}.announce_changed_link() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM pg_notify('experiment_rows', name)
  FROM (VALUES
    ('visitor ' || OLD."visitorId"), ('person ' || OLD."userId"),
    ('visitor ' || NEW."visitorId"), ('person ' || NEW."userId")
  ) AS changed (name)
  WHERE name IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER "VisitorLink_announce_changed" AFTER INSERT OR DELETE OR UPDATE OF "visitorId", "userId" ON {{schema}}."VisitorLink"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.announce_changed_link();

-- ─── What a recount cannot add up is counted again ───────────────────────────

-- A row that is kept from now on, or seen, counts from now on.
CREATE FUNCTION {{schema}}.name_transaction_of_exposure() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  IF OLD."isProvisional" THEN
    NEW."insertedIn" := pg_current_xact_id()::text::bigint;
  ELSE
    NEW."exposedIn" := pg_current_xact_id()::text::bigint;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION {{schema}}.upset_recount() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  -- Once for a transaction that changes a million rows of one experiment.
  IF OLD."experimentSlug" = NEW."experimentSlug" THEN
    IF current_setting('calcom.upset', true) = OLD."experimentSlug" THEN RETURN NULL; END IF;
    PERFORM set_config('calcom.upset', OLD."experimentSlug", true);
  END IF;
  INSERT INTO "ExperimentUpset" ("experimentSlug")
  SELECT DISTINCT slug FROM (VALUES (OLD."experimentSlug"), (NEW."experimentSlug")) AS changed (slug)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION {{schema}}.upset_recounts_of_visitor() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  INSERT INTO "ExperimentUpset" ("experimentSlug")
  SELECT DISTINCT "experimentSlug" FROM "ExperimentVariant" WHERE "visitorId" IN (OLD."visitorId", NEW."visitorId")
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION {{schema}}.upset_all_recounts() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  INSERT INTO "ExperimentUpset" ("experimentSlug") SELECT "slug" FROM "Feature" WHERE "type" = 'EXPERIMENT' ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_name_transaction" BEFORE UPDATE ON {{schema}}."ExperimentVariant"
  FOR EACH ROW WHEN (OLD."exposedAt" IS NULL AND (NEW."exposedAt" IS NOT NULL OR (OLD."isProvisional" AND NOT NEW."isProvisional")))
  EXECUTE FUNCTION {{schema}}.name_transaction_of_exposure();
CREATE TRIGGER "ExperimentVariant_upset_recount" AFTER UPDATE ON {{schema}}."ExperimentVariant"
  FOR EACH ROW WHEN (
    (OLD."id", OLD."experimentSlug", OLD."variant", OLD."userId", OLD."teamId", OLD."visitorId", OLD."assignmentType", OLD."epoch", OLD."assignedAt")
      IS DISTINCT FROM
      (NEW."id", NEW."experimentSlug", NEW."variant", NEW."userId", NEW."teamId", NEW."visitorId", NEW."assignmentType", NEW."epoch", NEW."assignedAt")
    OR (OLD."exposedAt" IS NOT NULL AND (OLD."exposedAt", OLD."metadata") IS DISTINCT FROM (NEW."exposedAt", NEW."metadata"))
    OR (OLD."metadata" ->> 'erasedPerson') IS DISTINCT FROM (NEW."metadata" ->> 'erasedPerson')
    OR (NEW."isProvisional" AND NOT OLD."isProvisional")
  )
  EXECUTE FUNCTION {{schema}}.upset_recount();
CREATE TRIGGER "ExperimentConversion_upset_recount" AFTER UPDATE ON {{schema}}."ExperimentConversion"
  FOR EACH ROW WHEN (
    (OLD."assignmentId", OLD."experimentSlug", OLD."conversionEvent", OLD."value", OLD."occurredAt")
      IS DISTINCT FROM (NEW."assignmentId", NEW."experimentSlug", NEW."conversionEvent", NEW."value", NEW."occurredAt")
  )
  EXECUTE FUNCTION {{schema}}.upset_recount();
CREATE TRIGGER "VisitorLink_upset_recounts" AFTER DELETE OR UPDATE OF "visitorId", "userId", "linkedAt" ON {{schema}}."VisitorLink"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.upset_recounts_of_visitor();
CREATE TRIGGER "ExperimentVariant_upset_recounts" AFTER TRUNCATE ON {{schema}}."ExperimentVariant"
  FOR EACH STATEMENT EXECUTE FUNCTION {{schema}}.upset_all_recounts();
CREATE TRIGGER "ExperimentConversion_upset_recounts" AFTER TRUNCATE ON {{schema}}."ExperimentConversion"
  FOR EACH STATEMENT EXECUTE FUNCTION {{schema}}.upset_all_recounts();
CREATE TRIGGER "VisitorLink_upset_all_recounts" AFTER TRUNCATE ON {{schema}}."VisitorLink"
  FOR EACH STATEMENT EXECUTE FUNCTION {{schema}}.upset_all_recounts();

-- ─── The log can only be added to, and forgets whom a flag was assigned to ───

CREATE FUNCTION {{schema}}.refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'The audit log can only be added to' USING ERRCODE = 'CX003';
END $$;

CREATE FUNCTION {{schema}}.without_user(entry {{schema}}."AuditLog") RETURNS {{schema}}."AuditLog"
IMMUTABLE LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  -- The key is `user:flag`, and an id may have colons of its own.
  entry."rowKey" := 'erased:' || (coalesce(entry."after", entry."before") ->> 'featureId');
  entry."before" := entry."before" - 'userId';
  entry."after" := entry."after" - 'userId';
  RETURN entry;
END $$;

CREATE FUNCTION {{schema}}.erase_user_from_audit(erased {{userId}}) RETURNS void LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  UPDATE "AuditLog" AS entry SET ("rowKey", "before", "after") =
    (SELECT without."rowKey", without."before", without."after" FROM without_user(entry) AS without)
  WHERE "tableName" = 'UserFeatures' AND "rowKey" ~>=~ (erased::text || ':') AND "rowKey" ~<~ (erased::text || ';')
    AND coalesce("after", "before") ->> 'userId' = erased::text;
END $$;
-- @if keys

CREATE FUNCTION {{schema}}.erase_from_audit() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM erase_user_from_audit(OLD.{{usersId}});
  RETURN NULL;
END $$;

CREATE TRIGGER "User_erase_from_audit" AFTER DELETE ON {{usersTable}}
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.erase_from_audit();
-- @end

-- Whoever is gone, or is being forgotten in this transaction, though the host keeps them.
CREATE FUNCTION {{schema}}.is_forgotten(person text) RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  RETURN person IS NOT DISTINCT FROM nullif(current_setting('calcom.forgotten_user', true), '')
    OR NOT EXISTS (SELECT FROM "experiment_host_users" WHERE "id" = experiment_user_id_of(person));
END $$;

-- What the foreign keys take along is written after that.
CREATE FUNCTION {{schema}}.leave_out_who_is_gone() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  IF is_forgotten(coalesce(NEW."after", NEW."before") ->> 'userId') THEN
    RETURN without_user(NEW);
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "AuditLog_leave_out_who_is_gone" BEFORE INSERT ON {{schema}}."AuditLog"
  FOR EACH ROW WHEN (NEW."tableName" = 'UserFeatures') EXECUTE FUNCTION {{schema}}.leave_out_who_is_gone();

-- The one thing that an update may do is to take out a person who is gone.
CREATE FUNCTION {{schema}}.refuse_rewriting_entry() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  IF OLD."tableName" = 'UserFeatures' AND NEW IS NOT DISTINCT FROM without_user(OLD)
    AND is_forgotten(coalesce(OLD."after", OLD."before") ->> 'userId') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit log can only be added to' USING ERRCODE = 'CX003';
END $$;

CREATE TRIGGER "AuditLog_is_append_only" BEFORE DELETE OR TRUNCATE ON {{schema}}."AuditLog"
  FOR EACH STATEMENT EXECUTE FUNCTION {{schema}}.refuse_rewriting_history();
CREATE TRIGGER "AuditLog_is_not_rewritten" BEFORE UPDATE ON {{schema}}."AuditLog"
  FOR EACH ROW EXECUTE FUNCTION {{schema}}.refuse_rewriting_entry();

-- ─── Whoever is erased in another way than by deleting their row ─────────────

-- Does what the foreign keys and triggers above do where somebody's row is deleted.
CREATE FUNCTION {{schema}}.forget_experiment_user(erased {{userId}}) RETURNS void LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
  PERFORM set_config('calcom.forgotten_user', erased::text, true);
  PERFORM erase_visitors_of(erased);
{{forgetUser}}
  PERFORM erase_user_from_audit(erased);
  PERFORM set_config('calcom.forgotten_user', '', true);
END $$;

CREATE FUNCTION {{schema}}.forget_experiment_team(erased {{teamId}}) RETURNS void LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp AS $$
BEGIN
{{forgetTeam}}
END $$;
