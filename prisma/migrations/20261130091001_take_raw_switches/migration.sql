-- Hosts have flag code of their own, which writes `enabled` and knows of no experiments. What it can mean is done here,
-- with all that belongs to it; anything else is refused with a sentence. The CHECK stays behind it.
CREATE FUNCTION take_raw_switch() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  status text := OLD."metadata" ->> 'status';
  present text := to_char(clock_timestamp() AT TIME ZONE INTERVAL '0', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"');
  variants jsonb := NEW."metadata" -> 'variants';
  epoch integer;
BEGIN
  -- Nothing would change: no version, no line in the log. What an ORM sets along with every update is no change.
  IF to_jsonb(OLD) - 'updatedAt' = to_jsonb(NEW) - 'updatedAt' THEN
    RETURN OLD;
  END IF;
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
    RAISE EXCEPTION 'Start it at /settings/admin/experiments/%: the experiment is %, and "enabled" only turns one off that runs, and on again.',
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
CREATE TRIGGER "Feature_accept_raw_switch" BEFORE UPDATE ON "Feature"
  FOR EACH ROW WHEN (OLD."type" = 'EXPERIMENT' AND NEW."type" = 'EXPERIMENT')
  EXECUTE FUNCTION take_raw_switch();

DROP TRIGGER "Feature_count_version" ON "Feature";
CREATE TRIGGER "Feature_count_version" BEFORE UPDATE ON "Feature"
  FOR EACH ROW WHEN (OLD."type" <> 'EXPERIMENT' OR OLD.* IS DISTINCT FROM NEW.*)
  EXECUTE FUNCTION count_feature_version();

DROP TRIGGER "Feature_audit" ON "Feature";
CREATE TRIGGER "Feature_audit" AFTER INSERT OR DELETE ON "Feature"
  FOR EACH ROW EXECUTE FUNCTION audit_change('slug');
CREATE TRIGGER "Feature_audit_change" AFTER UPDATE ON "Feature"
  FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION audit_change('slug');

-- Flags are announced too: code may ask for one as for an experiment, and nodes answer that from memory.
CREATE OR REPLACE FUNCTION announce_experiment_change() RETURNS trigger LANGUAGE plpgsql AS $$
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
