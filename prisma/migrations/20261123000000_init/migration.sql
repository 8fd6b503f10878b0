-- CreateEnum
CREATE TYPE "UserRole" AS ENUM ('USER', 'ADMIN');

-- CreateEnum
CREATE TYPE "MembershipRole" AS ENUM ('MEMBER', 'ADMIN', 'OWNER');

-- CreateEnum
CREATE TYPE "FeatureType" AS ENUM ('RELEASE', 'EXPERIMENT', 'OPERATIONAL', 'KILL_SWITCH', 'PERMISSION');

-- CreateEnum
CREATE TYPE "AssignmentType" AS ENUM ('DETERMINISTIC', 'RANDOM', 'IMPORTED');

-- CreateTable
CREATE TABLE "User" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "role" "UserRole" NOT NULL DEFAULT 'USER',
    "attributes" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Team" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "isOrganization" BOOLEAN NOT NULL DEFAULT false,
    "parentId" INTEGER,
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Team_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Membership" (
    "id" SERIAL NOT NULL,
    "userId" INTEGER NOT NULL,
    "teamId" INTEGER NOT NULL,
    "role" "MembershipRole" NOT NULL DEFAULT 'MEMBER',
    "accepted" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Membership_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Subscription" (
    "id" SERIAL NOT NULL,
    "teamId" INTEGER NOT NULL,
    "purchasedById" INTEGER,
    "seats" INTEGER NOT NULL,
    "pricePerSeat" DECIMAL(10,2) NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "canceledAt" TIMESTAMPTZ(3),

    CONSTRAINT "Subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EventType" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "durationMinutes" INTEGER NOT NULL,
    "userId" INTEGER,
    "teamId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "EventType_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Booking" (
    "id" SERIAL NOT NULL,
    "eventTypeId" INTEGER NOT NULL,
    "attendeeName" TEXT NOT NULL,
    "attendeeEmail" TEXT NOT NULL,
    "startsAt" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Booking_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RateLimit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" BIGINT,

    CONSTRAINT "RateLimit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "Feature" (
    "slug" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT false,
    "description" TEXT,
    "type" "FeatureType" NOT NULL DEFAULT 'RELEASE',
    "metadata" JSONB,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedBy" INTEGER,

    CONSTRAINT "Feature_pkey" PRIMARY KEY ("slug")
);

-- CreateTable
CREATE TABLE "UserFeatures" (
    "userId" INTEGER NOT NULL,
    "featureId" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "assignedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "assignedBy" INTEGER,

    CONSTRAINT "UserFeatures_pkey" PRIMARY KEY ("userId","featureId")
);

-- CreateTable
CREATE TABLE "TeamFeatures" (
    "teamId" INTEGER NOT NULL,
    "featureId" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "assignedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "assignedBy" INTEGER,

    CONSTRAINT "TeamFeatures_pkey" PRIMARY KEY ("teamId","featureId")
);

-- CreateTable
CREATE TABLE "ExperimentVariant" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "experimentSlug" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "userId" INTEGER,
    "teamId" INTEGER,
    "visitorId" UUID,
    "assignmentType" "AssignmentType" NOT NULL,
    "epoch" INTEGER,
    "assignedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "exposedAt" TIMESTAMPTZ(3),
    "sentAt" TIMESTAMPTZ(3),
    "metadata" JSONB,

    CONSTRAINT "ExperimentVariant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ExperimentEpoch" (
    "experimentSlug" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "weights" JSONB NOT NULL,
    "trafficPercentage" DECIMAL(5,2) NOT NULL,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "ExperimentEpoch_pkey" PRIMARY KEY ("experimentSlug","number")
);

-- CreateTable
CREATE TABLE "ExperimentConversion" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "assignmentId" UUID NOT NULL,
    "conversionEvent" TEXT NOT NULL,
    "idempotencyKey" TEXT NOT NULL,
    "value" DECIMAL(20,6),
    "occurredAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "ExperimentConversion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "VisitorLink" (
    "visitorId" UUID NOT NULL,
    "userId" INTEGER NOT NULL,
    "linkedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "VisitorLink_pkey" PRIMARY KEY ("visitorId")
);

-- CreateTable
CREATE TABLE "ExperimentResult" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "experimentSlug" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "isReceipt" BOOLEAN NOT NULL DEFAULT false,
    "result" JSONB NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExperimentResult_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ConfigEpoch" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "value" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "ConfigEpoch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "AuditLog" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "actorId" INTEGER,
    "actorRole" TEXT NOT NULL,
    "tableName" TEXT NOT NULL,
    "rowKey" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "AuditLog_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "User_email_key" ON "User"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Team_slug_key" ON "Team"("slug");

-- CreateIndex
CREATE INDEX "Team_parentId_idx" ON "Team"("parentId");

-- CreateIndex
CREATE INDEX "Membership_teamId_idx" ON "Membership"("teamId");

-- CreateIndex
CREATE UNIQUE INDEX "Membership_userId_teamId_key" ON "Membership"("userId", "teamId");

-- CreateIndex
CREATE UNIQUE INDEX "Subscription_teamId_key" ON "Subscription"("teamId");

-- CreateIndex
CREATE INDEX "Subscription_purchasedById_startedAt_idx" ON "Subscription"("purchasedById", "startedAt");

-- CreateIndex
CREATE UNIQUE INDEX "EventType_teamId_slug_key" ON "EventType"("teamId", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "EventType_userId_slug_key" ON "EventType"("userId", "slug");

-- CreateIndex
CREATE INDEX "Booking_eventTypeId_startsAt_idx" ON "Booking"("eventTypeId", "startsAt");

-- CreateIndex
CREATE INDEX "RateLimit_expire_idx" ON "RateLimit"("expire");

-- CreateIndex
CREATE INDEX "Feature_type_updatedAt_idx" ON "Feature"("type", "updatedAt");

-- CreateIndex
CREATE INDEX "UserFeatures_featureId_idx" ON "UserFeatures"("featureId");

-- CreateIndex
CREATE INDEX "TeamFeatures_featureId_idx" ON "TeamFeatures"("featureId");

-- CreateIndex
CREATE INDEX "ExperimentVariant_experimentSlug_epoch_variant_idx" ON "ExperimentVariant"("experimentSlug", "epoch", "variant");

-- CreateIndex
CREATE INDEX "ExperimentVariant_userId_idx" ON "ExperimentVariant"("userId") WHERE "userId" IS NOT NULL;

-- CreateIndex
CREATE INDEX "ExperimentVariant_teamId_idx" ON "ExperimentVariant"("teamId") WHERE "teamId" IS NOT NULL;

-- CreateIndex
CREATE INDEX "ExperimentVariant_visitorId_idx" ON "ExperimentVariant"("visitorId") WHERE "visitorId" IS NOT NULL;

-- CreateIndex
CREATE UNIQUE INDEX "ExperimentVariant_experimentSlug_userId_key" ON "ExperimentVariant"("experimentSlug", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "ExperimentVariant_experimentSlug_teamId_key" ON "ExperimentVariant"("experimentSlug", "teamId");

-- CreateIndex
CREATE UNIQUE INDEX "ExperimentVariant_experimentSlug_visitorId_key" ON "ExperimentVariant"("experimentSlug", "visitorId");

-- CreateIndex
CREATE UNIQUE INDEX "ExperimentConversion_assignmentId_conversionEvent_idempoten_key" ON "ExperimentConversion"("assignmentId", "conversionEvent", "idempotencyKey");

-- CreateIndex
CREATE INDEX "VisitorLink_userId_idx" ON "VisitorLink"("userId");

-- CreateIndex
CREATE INDEX "ExperimentResult_experimentSlug_asOf_idx" ON "ExperimentResult"("experimentSlug", "asOf");

-- CreateIndex
CREATE INDEX "AuditLog_tableName_rowKey_id_idx" ON "AuditLog"("tableName", "rowKey", "id");

-- AddForeignKey
ALTER TABLE "Team" ADD CONSTRAINT "Team_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Membership" ADD CONSTRAINT "Membership_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Subscription" ADD CONSTRAINT "Subscription_purchasedById_fkey" FOREIGN KEY ("purchasedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Booking" ADD CONSTRAINT "Booking_eventTypeId_fkey" FOREIGN KEY ("eventTypeId") REFERENCES "EventType"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Feature" ADD CONSTRAINT "Feature_updatedBy_fkey" FOREIGN KEY ("updatedBy") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UserFeatures" ADD CONSTRAINT "UserFeatures_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "UserFeatures" ADD CONSTRAINT "UserFeatures_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamFeatures" ADD CONSTRAINT "TeamFeatures_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "TeamFeatures" ADD CONSTRAINT "TeamFeatures_featureId_fkey" FOREIGN KEY ("featureId") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentVariant" ADD CONSTRAINT "ExperimentVariant_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentVariant" ADD CONSTRAINT "ExperimentVariant_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentVariant" ADD CONSTRAINT "ExperimentVariant_teamId_fkey" FOREIGN KEY ("teamId") REFERENCES "Team"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentVariant" ADD CONSTRAINT "ExperimentVariant_experimentSlug_epoch_fkey" FOREIGN KEY ("experimentSlug", "epoch") REFERENCES "ExperimentEpoch"("experimentSlug", "number") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentEpoch" ADD CONSTRAINT "ExperimentEpoch_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentConversion" ADD CONSTRAINT "ExperimentConversion_assignmentId_fkey" FOREIGN KEY ("assignmentId") REFERENCES "ExperimentVariant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VisitorLink" ADD CONSTRAINT "VisitorLink_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ExperimentResult" ADD CONSTRAINT "ExperimentResult_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;



-- ─── From here on by hand: what the schema language cannot say ──────────────

-- Sign-in looks addresses up in lower case.
ALTER TABLE "User" ADD CONSTRAINT "User_email_is_lower_case" CHECK ("email" = lower("email"));

-- An event type belongs to a person or to a team.
ALTER TABLE "EventType" ADD CONSTRAINT "EventType_has_one_owner" CHECK (num_nonnulls("userId", "teamId") = 1);

-- Counters of the rate limiter may be lost in a crash, so they need no write-ahead log.
ALTER TABLE "RateLimit" SET UNLOGGED;

-- A subject is one user, one team or one visitor; a row with none is an erased subject.
ALTER TABLE "ExperimentVariant" ADD CONSTRAINT "ExperimentVariant_has_at_most_one_subject"
  CHECK (num_nonnulls("userId", "teamId", "visitorId") <= 1);

-- Imported rows belong to no epoch, and all others do.
ALTER TABLE "ExperimentVariant" ADD CONSTRAINT "ExperimentVariant_epoch_unless_imported"
  CHECK (("epoch" IS NULL) = ("assignmentType" = 'IMPORTED'));

ALTER TABLE "ExperimentEpoch" ADD CONSTRAINT "ExperimentEpoch_ends_after_its_start" CHECK ("endedAt" >= "startedAt");
ALTER TABLE "ExperimentEpoch" ADD CONSTRAINT "ExperimentEpoch_traffic_is_a_percentage"
  CHECK ("trafficPercentage" BETWEEN 0 AND 100);

-- `enabled` mirrors the status of an experiment in the same statement, so a raw toggle is refused here,
-- whoever tries it. Rows without a status (converted by hand, older) are still accepted.
ALTER TABLE "Feature" ADD CONSTRAINT "Feature_enabled_mirrors_status"
  CHECK ("type" <> 'EXPERIMENT' OR ("metadata" ->> 'status') IS NULL OR "enabled" = ("metadata" ->> 'status' = 'running'));

ALTER TABLE "ConfigEpoch" ADD CONSTRAINT "ConfigEpoch_is_one_row" CHECK ("id" = 1);
INSERT INTO "ConfigEpoch" ("id", "value") VALUES (1, 0);

-- ─── Erasure: ids, links and facts go, variant, times and counts stay ───────

CREATE FUNCTION forget_facts_of_erased_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."metadata" := NULL;
  RETURN NEW;
END $$;

CREATE TRIGGER "ExperimentVariant_forget_facts" BEFORE UPDATE ON "ExperimentVariant"
  FOR EACH ROW WHEN (num_nonnulls(NEW."userId", NEW."teamId", NEW."visitorId") = 0)
  EXECUTE FUNCTION forget_facts_of_erased_subject();

-- The links themselves go by foreign key, so the rows they point at must be reached before.
CREATE FUNCTION erase_linked_visitors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ExperimentVariant" SET "visitorId" = NULL
    WHERE "visitorId" IN (SELECT "visitorId" FROM "VisitorLink" WHERE "userId" = OLD."id");
  RETURN OLD;
END $$;

CREATE TRIGGER "User_erase_linked_visitors" BEFORE DELETE ON "User"
  FOR EACH ROW EXECUTE FUNCTION erase_linked_visitors();

-- ─── Versions, notifications, slugs that are never reused ───────────────────

CREATE FUNCTION count_feature_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."version" := OLD."version" + 1;
  NEW."updatedAt" := clock_timestamp();
  RETURN NEW;
END $$;

CREATE TRIGGER "Feature_count_version" BEFORE UPDATE ON "Feature"
  FOR EACH ROW EXECUTE FUNCTION count_feature_version();

-- Only slug and version travel: payloads over 8 kB fail. The counter is what a node polls when it cannot listen.
CREATE FUNCTION announce_experiment_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  changed record;
BEGIN
  changed := CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  IF changed."type" <> 'EXPERIMENT' AND (TG_OP <> 'UPDATE' OR OLD."type" <> 'EXPERIMENT') THEN
    RETURN NULL;
  END IF;
  UPDATE "ConfigEpoch" SET "value" = "value" + 1;
  PERFORM pg_notify('experiment_config', json_build_object('slug', changed."slug", 'version', changed."version")::text);
  RETURN NULL;
END $$;

CREATE TRIGGER "Feature_announce_experiment_change" AFTER INSERT OR UPDATE OR DELETE ON "Feature"
  FOR EACH ROW EXECUTE FUNCTION announce_experiment_change();

CREATE FUNCTION refuse_used_slug() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER "Feature_refuse_used_slug" BEFORE INSERT ON "Feature"
  FOR EACH ROW EXECUTE FUNCTION refuse_used_slug();
CREATE TRIGGER "Feature_refuse_renamed_slug" BEFORE UPDATE OF "slug" ON "Feature"
  FOR EACH ROW WHEN (OLD."slug" <> NEW."slug" AND OLD."type" = 'EXPERIMENT') EXECUTE FUNCTION refuse_used_slug();

-- Rows from before there was a lifecycle run without an epoch: they get the one that assignments refer to.
CREATE FUNCTION open_first_epoch() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE TRIGGER "Feature_open_first_epoch" AFTER INSERT OR UPDATE ON "Feature"
  FOR EACH ROW WHEN (NEW."type" = 'EXPERIMENT' AND NEW."enabled" AND (NEW."metadata" ->> 'status') IS NULL)
  EXECUTE FUNCTION open_first_epoch();

-- ─── Audit: in the transaction of the change, whoever makes it ───────────────

-- Arguments: the columns that make up the key of a row.
CREATE FUNCTION audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before jsonb := CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD) END;
  after jsonb := CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW) END;
BEGIN
  INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "before", "after")
  VALUES (
    nullif(current_setting('calcom.actor_id', true), '')::integer,
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

CREATE TRIGGER "Feature_audit" AFTER INSERT OR UPDATE OR DELETE ON "Feature"
  FOR EACH ROW EXECUTE FUNCTION audit_change('slug');
CREATE TRIGGER "UserFeatures_audit" AFTER INSERT OR UPDATE OR DELETE ON "UserFeatures"
  FOR EACH ROW EXECUTE FUNCTION audit_change('userId', 'featureId');
CREATE TRIGGER "TeamFeatures_audit" AFTER INSERT OR UPDATE OR DELETE ON "TeamFeatures"
  FOR EACH ROW EXECUTE FUNCTION audit_change('teamId', 'featureId');
CREATE TRIGGER "ExperimentEpoch_audit" AFTER INSERT OR UPDATE OR DELETE ON "ExperimentEpoch"
  FOR EACH ROW EXECUTE FUNCTION audit_change('experimentSlug', 'number');

-- Of a user only the role is of interest, and a password hash must never reach the log.
CREATE FUNCTION audit_role_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "AuditLog" ("actorId", "actorRole", "tableName", "rowKey", "action", "before", "after")
  VALUES (
    nullif(current_setting('calcom.actor_id', true), '')::integer, session_user, TG_TABLE_NAME, NEW."id"::text, TG_OP,
    jsonb_build_object('role', OLD."role"), jsonb_build_object('role', NEW."role")
  );
  RETURN NULL;
END $$;

CREATE TRIGGER "User_audit_role" AFTER UPDATE OF "role" ON "User"
  FOR EACH ROW WHEN (OLD."role" <> NEW."role") EXECUTE FUNCTION audit_role_change();

CREATE FUNCTION refuse_rewriting_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'The audit log can only be added to' USING ERRCODE = 'CX003';
END $$;

CREATE TRIGGER "AuditLog_is_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "AuditLog"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();

-- ─── Partial indexes ─────────────────────────────────────────────────────────

-- What the sweeper looks for: events that analytics has not been told of.
CREATE INDEX "ExperimentVariant_unsent_idx" ON "ExperimentVariant" ("exposedAt")
  WHERE "sentAt" IS NULL AND "exposedAt" IS NOT NULL;
CREATE INDEX "ExperimentConversion_unsent_idx" ON "ExperimentConversion" ("occurredAt") WHERE "sentAt" IS NULL;
