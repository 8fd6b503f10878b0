-- For the page of feature flags, and for whoever asks which of these files a database has.

-- The number of the newest of these files that was applied. Without this function it is 1.
CREATE OR REPLACE FUNCTION {{schema}}.experiment_module_version() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 2
$$;

-- Whether the tables of flags are the module's. Otherwise the application had them before, and has code that reads them.
CREATE OR REPLACE FUNCTION {{schema}}.experiment_flags_are_own() RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
-- @if ownFlags
  SELECT true
-- @end
-- @if hostFlags
  SELECT false
-- @end
$$;

-- A flag takes one switch and one share for the same time, whoever plans it and by whatever code. Of those that stand
-- twice the last one decides today, so that one stays.
LOCK TABLE {{schema}}."ScheduledFlagChange" IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM {{schema}}."ScheduledFlagChange" AS earlier USING {{schema}}."ScheduledFlagChange" AS later
  WHERE later."flagSlug" = earlier."flagSlug" AND later."at" = earlier."at" AND later."id" > earlier."id"
    AND (later."enabled" IS NULL) = (earlier."enabled" IS NULL)
    AND later."dropped" IS NULL AND earlier."dropped" IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS "ScheduledFlagChange_planned_once" ON {{schema}}."ScheduledFlagChange" ("flagSlug", "at", ("enabled" IS NULL))
  WHERE "dropped" IS NULL;
-- @if hostFlags

-- What is changed in the administration names its author, stamps the flag as the application's code does, and is logged.
-- Times without a zone are in UTC, whatever the session's zone is.
CREATE OR REPLACE FUNCTION {{schema}}.count_feature_version() RETURNS trigger LANGUAGE plpgsql SET search_path = {{searchPath}}, pg_temp SET timezone = 'UTC' AS $$
BEGIN
  NEW."version" := OLD."version" + 1;
  -- Of its own flags the application says itself when it has changed them.
  IF NEW."type" = 'EXPERIMENT' OR current_setting('calcom.actor_id', true) <> '' THEN
    NEW."updatedAt" := clock_timestamp();
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER "Feature_audit_insert" AFTER INSERT ON {{flags}}."Feature"
  FOR EACH ROW WHEN (NEW."type" = 'EXPERIMENT' OR current_setting('calcom.actor_id', true) <> '')
  EXECUTE FUNCTION {{schema}}.audit_change('slug');
CREATE OR REPLACE TRIGGER "Feature_audit_delete" AFTER DELETE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (OLD."type" = 'EXPERIMENT' OR current_setting('calcom.actor_id', true) <> '')
  EXECUTE FUNCTION {{schema}}.audit_change('slug');
CREATE OR REPLACE TRIGGER "Feature_audit_change" AFTER UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (
    ((OLD."type" = 'EXPERIMENT' OR NEW."type" = 'EXPERIMENT') AND {{ofOld}} IS DISTINCT FROM {{ofNew}})
    OR (current_setting('calcom.actor_id', true) <> ''
      AND (OLD."stale" IS DISTINCT FROM NEW."stale" OR {{ofOld}} IS DISTINCT FROM {{ofNew}}))
  )
  EXECUTE FUNCTION {{schema}}.audit_change('slug');
CREATE OR REPLACE TRIGGER "UserFeatures_audit" AFTER INSERT OR UPDATE OR DELETE ON {{flags}}."UserFeatures"
  FOR EACH ROW WHEN (current_setting('calcom.actor_id', true) <> '')
  EXECUTE FUNCTION {{schema}}.audit_change('userId', 'featureId');
CREATE OR REPLACE TRIGGER "TeamFeatures_audit" AFTER INSERT OR UPDATE OR DELETE ON {{flags}}."TeamFeatures"
  FOR EACH ROW WHEN (current_setting('calcom.actor_id', true) <> '')
  EXECUTE FUNCTION {{schema}}.audit_change('teamId', 'featureId');

-- A flag without a type is one too, and so is one that is neither on nor off.
CREATE OR REPLACE TRIGGER "Feature_drop_scheduled_changes" AFTER UPDATE ON {{flags}}."Feature"
  FOR EACH ROW WHEN (
    OLD."type" IS DISTINCT FROM 'EXPERIMENT' AND (
      NEW."type" = 'EXPERIMENT'
      OR (OLD."enabled" IS DISTINCT FROM NEW."enabled" AND current_setting('calcom.is_scheduled', true) IS DISTINCT FROM 'true')))
  EXECUTE FUNCTION {{schema}}.drop_scheduled_changes();
-- @end
