-- What stayed behind when somebody was erased: keys of conversions, which may hold anything that a caller put in, who
-- had assigned a flag, and whom flags were assigned to in the audit log.

CREATE FUNCTION forget_keys_of_erased_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ExperimentConversion" SET "idempotencyKey" = gen_random_uuid()::text WHERE "assignmentId" = NEW."id";
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_forget_keys" AFTER UPDATE ON "ExperimentVariant"
  FOR EACH ROW WHEN (
    num_nonnulls(NEW."userId", NEW."teamId", NEW."visitorId") = 0
    AND num_nonnulls(OLD."userId", OLD."teamId", OLD."visitorId") > 0
  )
  EXECUTE FUNCTION forget_keys_of_erased_subject();

UPDATE "ExperimentConversion" AS conversion SET "idempotencyKey" = gen_random_uuid()::text
FROM "ExperimentVariant" AS assignment
WHERE assignment."id" = conversion."assignmentId"
  AND num_nonnulls(assignment."userId", assignment."teamId", assignment."visitorId") = 0;

UPDATE "UserFeatures" SET "assignedBy" = NULL
WHERE "assignedBy" IS NOT NULL AND NOT EXISTS (SELECT FROM "User" WHERE "id" = "assignedBy");
UPDATE "TeamFeatures" SET "assignedBy" = NULL
WHERE "assignedBy" IS NOT NULL AND NOT EXISTS (SELECT FROM "User" WHERE "id" = "assignedBy");
CREATE INDEX "UserFeatures_assignedBy_idx" ON "UserFeatures"("assignedBy");
CREATE INDEX "TeamFeatures_assignedBy_idx" ON "TeamFeatures"("assignedBy");
ALTER TABLE "UserFeatures" ADD CONSTRAINT "UserFeatures_assignedBy_fkey"
  FOREIGN KEY ("assignedBy") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "TeamFeatures" ADD CONSTRAINT "TeamFeatures_assignedBy_fkey"
  FOREIGN KEY ("assignedBy") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- ─── The audit log forgets whom a flag was assigned to ───────────────────────

-- The key of such an entry is `user:flag`.
CREATE INDEX "AuditLog_flags_of_user_idx" ON "AuditLog" ("rowKey" text_pattern_ops) WHERE "tableName" = 'UserFeatures';

CREATE FUNCTION without_user(entry "AuditLog") RETURNS "AuditLog" LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  entry."rowKey" := 'erased' || substring(entry."rowKey" FROM position(':' IN entry."rowKey"));
  entry."before" := entry."before" - 'userId';
  entry."after" := entry."after" - 'userId';
  RETURN entry;
END $$;

CREATE FUNCTION erase_from_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "AuditLog" AS entry SET ("rowKey", "before", "after") =
    (SELECT erased."rowKey", erased."before", erased."after" FROM without_user(entry) AS erased)
  WHERE "tableName" = 'UserFeatures' AND "rowKey" ~>=~ (OLD."id" || ':') AND "rowKey" ~<~ (OLD."id" || ';');
  RETURN NULL;
END $$;

CREATE TRIGGER "User_erase_from_audit" AFTER DELETE ON "User"
  FOR EACH ROW EXECUTE FUNCTION erase_from_audit();

-- What the foreign keys take along is written after that.
CREATE FUNCTION leave_out_who_is_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "User" WHERE "id" = (coalesce(NEW."after", NEW."before") ->> 'userId')::integer) THEN
    RETURN without_user(NEW);
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "AuditLog_leave_out_who_is_gone" BEFORE INSERT ON "AuditLog"
  FOR EACH ROW WHEN (NEW."tableName" = 'UserFeatures') EXECUTE FUNCTION leave_out_who_is_gone();

-- The log can still only be added to: the one thing that an update may do is to take out a person who is gone.
CREATE FUNCTION refuse_rewriting_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."tableName" = 'UserFeatures' AND NEW IS NOT DISTINCT FROM without_user(OLD) AND NOT EXISTS (
    SELECT FROM "User" WHERE "id" = (coalesce(OLD."after", OLD."before") ->> 'userId')::integer
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit log can only be added to' USING ERRCODE = 'CX003';
END $$;

DROP TRIGGER "AuditLog_is_append_only" ON "AuditLog";
CREATE TRIGGER "AuditLog_is_append_only" BEFORE DELETE OR TRUNCATE ON "AuditLog"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting_history();
CREATE TRIGGER "AuditLog_is_not_rewritten" BEFORE UPDATE ON "AuditLog"
  FOR EACH ROW EXECUTE FUNCTION refuse_rewriting_entry();

UPDATE "AuditLog" AS entry SET ("rowKey", "before", "after") =
  (SELECT erased."rowKey", erased."before", erased."after" FROM without_user(entry) AS erased)
WHERE "tableName" = 'UserFeatures' AND coalesce("after", "before") ? 'userId' AND NOT EXISTS (
  SELECT FROM "User" WHERE "id" = (coalesce(entry."after", entry."before") ->> 'userId')::integer
);
