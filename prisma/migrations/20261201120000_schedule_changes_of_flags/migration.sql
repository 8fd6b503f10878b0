-- A flag is turned on or off, or its share is set, at a time. One that was carried out goes; one that was dropped stays
-- with its reason, until somebody has read it.
CREATE TABLE "ScheduledFlagChange" (
  "id" SERIAL NOT NULL,
  "flagSlug" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  -- Null where the share is set; without one, that is for everybody.
  "enabled" BOOLEAN,
  "rolloutPercentage" DOUBLE PRECISION,
  "rolloutUnit" TEXT,
  "plannedBy" INTEGER,
  "plannedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
  "dropped" TEXT,
  "droppedAt" TIMESTAMPTZ(3),
  CONSTRAINT "ScheduledFlagChange_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "ScheduledFlagChange_is_one_change" CHECK ("enabled" IS NULL OR "rolloutUnit" IS NULL),
  CONSTRAINT "ScheduledFlagChange_rollout_is_a_share" CHECK (
    ("rolloutPercentage" IS NULL) = ("rolloutUnit" IS NULL)
    AND ("rolloutPercentage" > 0 AND "rolloutPercentage" < 100) IS NOT FALSE
    AND ("rolloutUnit" IN ('user', 'team')) IS NOT FALSE),
  CONSTRAINT "ScheduledFlagChange_dropped_for_a_reason" CHECK (
    ("dropped" IS NULL) = ("droppedAt" IS NULL)
    AND ("dropped" IN ('switched', 'converted', 'not_allowed')) IS NOT FALSE),
  CONSTRAINT "ScheduledFlagChange_flagSlug_fkey" FOREIGN KEY ("flagSlug") REFERENCES "Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT "ScheduledFlagChange_plannedBy_fkey" FOREIGN KEY ("plannedBy") REFERENCES "User" ("id") ON UPDATE CASCADE ON DELETE SET NULL
);
CREATE INDEX "ScheduledFlagChange_flagSlug_at_idx" ON "ScheduledFlagChange" ("flagSlug", "at");
CREATE INDEX "ScheduledFlagChange_plannedBy_idx" ON "ScheduledFlagChange" ("plannedBy");
CREATE INDEX "ScheduledFlagChange_due_idx" ON "ScheduledFlagChange" ("at") WHERE "dropped" IS NULL;

CREATE TRIGGER "ScheduledFlagChange_audit" AFTER INSERT OR UPDATE OR DELETE ON "ScheduledFlagChange"
  FOR EACH ROW EXECUTE FUNCTION audit_change('flagSlug', 'id');

-- Whoever switches a flag by hand, by whatever code, takes over: a plan must not undo a moment later what somebody does
-- in a hurry. An experiment has a schedule of its own.
CREATE FUNCTION drop_scheduled_changes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ScheduledFlagChange"
    SET "dropped" = CASE WHEN NEW."type" = 'EXPERIMENT' THEN 'converted' ELSE 'switched' END, "droppedAt" = clock_timestamp()
    WHERE "flagSlug" = NEW."slug" AND "dropped" IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "Feature_drop_scheduled_changes" AFTER UPDATE ON "Feature"
  FOR EACH ROW WHEN (
    OLD."type" <> 'EXPERIMENT' AND (
      NEW."type" = 'EXPERIMENT'
      OR (OLD."enabled" <> NEW."enabled" AND current_setting('calcom.is_scheduled', true) IS DISTINCT FROM 'true')))
  EXECUTE FUNCTION drop_scheduled_changes();

-- Who has a flag is listed by name, a page at a time: without these each page would sort everybody.
CREATE INDEX "User_by_name_idx" ON "User" (lower("name"), "id");
CREATE INDEX "Team_by_name_idx" ON "Team" (lower("name"), "id");
