-- A host may keep whoever is to be forgotten, or have its people elsewhere: then nobody is deleted here. What foreign keys
-- and triggers do of it is done by a function, which the triggers share.

CREATE FUNCTION erase_visitors_of(erased integer) RETURNS void LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION erase_linked_visitors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM erase_visitors_of(OLD."id");
  RETURN OLD;
END $$;

CREATE FUNCTION erase_user_from_audit(erased integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "AuditLog" AS entry SET ("rowKey", "before", "after") =
    (SELECT without."rowKey", without."before", without."after" FROM without_user(entry) AS without)
  WHERE "tableName" = 'UserFeatures' AND "rowKey" ~>=~ (erased::text || ':') AND "rowKey" ~<~ (erased::text || ';')
    AND coalesce("after", "before") ->> 'userId' = erased::text;
END $$;

CREATE OR REPLACE FUNCTION erase_from_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM erase_user_from_audit(OLD."id");
  RETURN NULL;
END $$;

-- Whoever is gone, or is being forgotten in this transaction, though they are still there.
CREATE FUNCTION is_forgotten(person text) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN person IS NOT DISTINCT FROM nullif(current_setting('calcom.forgotten_user', true), '')
    OR NOT EXISTS (SELECT FROM "experiment_host_users" WHERE "id" = experiment_user_id_of(person));
END $$;

CREATE OR REPLACE FUNCTION leave_out_who_is_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_forgotten(coalesce(NEW."after", NEW."before") ->> 'userId') THEN
    RETURN without_user(NEW);
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_rewriting_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."tableName" = 'UserFeatures' AND NEW IS NOT DISTINCT FROM without_user(OLD)
    AND is_forgotten(coalesce(OLD."after", OLD."before") ->> 'userId') THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit log can only be added to' USING ERRCODE = 'CX003';
END $$;

-- What happens where somebody is deleted, for whoever is erased in another way.
CREATE FUNCTION forget_experiment_user(erased integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('calcom.forgotten_user', erased::text, true);
  PERFORM erase_visitors_of(erased);
  UPDATE "Feature" SET "updatedBy" = NULL WHERE "updatedBy" = erased;
  DELETE FROM "UserFeatures" WHERE "userId" = erased;
  UPDATE "UserFeatures" SET "assignedBy" = NULL WHERE "assignedBy" = erased;
  UPDATE "TeamFeatures" SET "assignedBy" = NULL WHERE "assignedBy" = erased;
  UPDATE "ExperimentVariant" SET "userId" = NULL WHERE "userId" = erased;
  DELETE FROM "VisitorLink" WHERE "userId" = erased;
  DELETE FROM "ExperimentMember" WHERE "userId" = erased;
  UPDATE "ExperimentMember" SET "grantedById" = NULL WHERE "grantedById" = erased;
  DELETE FROM "ExperimentView" WHERE "userId" = erased;
  UPDATE "ExperimentView" SET "ownerId" = NULL WHERE "ownerId" = erased;
  DELETE FROM "PreviewLink" WHERE "makerId" = erased;
  UPDATE "ScheduledFlagChange" SET "plannedBy" = NULL WHERE "plannedBy" = erased;
  UPDATE "ExperimentMetric" SET "ownerId" = NULL WHERE "ownerId" = erased;
  UPDATE "ExperimentMetricVersion" SET "createdById" = NULL WHERE "createdById" = erased;
  UPDATE "ExperimentChecklistItem" SET "createdById" = NULL WHERE "createdById" = erased;
  UPDATE "ExperimentCheck" SET "checkedById" = NULL WHERE "checkedById" = erased;
  PERFORM erase_user_from_audit(erased);
  PERFORM set_config('calcom.forgotten_user', '', true);
END $$;

CREATE FUNCTION forget_experiment_team(erased integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM "TeamFeatures" WHERE "teamId" = erased;
  UPDATE "ExperimentVariant" SET "teamId" = NULL WHERE "teamId" = erased;
END $$;
