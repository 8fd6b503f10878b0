-- Deleted rows of an experiment are noted once for a transaction, and what deletes millions of them notes it first: no
-- trigger is queued for a row whose experiment has been noted.
CREATE FUNCTION note_deleted_rows(slug TEXT) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM set_config('calcom.deleted_rows_of', slug, true);
  PERFORM pg_notify('experiment_rows', 'experiment ' || slug);
  INSERT INTO "ExperimentUpset" ("experimentSlug") VALUES (slug) ON CONFLICT DO NOTHING;
END $$;

CREATE FUNCTION note_deleted_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('calcom.deleted_rows_of', true) IS DISTINCT FROM OLD."experimentSlug" THEN
    PERFORM note_deleted_rows(OLD."experimentSlug");
  END IF;
  RETURN NULL;
END $$;

DROP TRIGGER "ExperimentVariant_announce_deleted" ON "ExperimentVariant";
DROP TRIGGER "ExperimentVariant_upset_recount_by_deletion" ON "ExperimentVariant";
DROP TRIGGER "ExperimentConversion_upset_recount_by_deletion" ON "ExperimentConversion";
DROP FUNCTION announce_deleted_row();

CREATE TRIGGER "ExperimentVariant_note_deleted" AFTER DELETE ON "ExperimentVariant"
  FOR EACH ROW WHEN (
    NOT (OLD."isProvisional" AND OLD."exposedAt" IS NULL)
    AND current_setting('calcom.deleted_rows_of', true) IS DISTINCT FROM OLD."experimentSlug"
  )
  EXECUTE FUNCTION note_deleted_row();
CREATE TRIGGER "ExperimentConversion_note_deleted" AFTER DELETE ON "ExperimentConversion"
  FOR EACH ROW WHEN (current_setting('calcom.deleted_rows_of', true) IS DISTINCT FROM OLD."experimentSlug")
  EXECUTE FUNCTION note_deleted_row();

CREATE OR REPLACE FUNCTION upset_recount() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE OR REPLACE FUNCTION delete_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "ExperimentEpoch" WHERE "experimentSlug" = OLD."slug" ORDER BY "number" FOR UPDATE;
  PERFORM note_deleted_rows(OLD."slug");
  DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = OLD."slug";
  RETURN OLD;
END $$;
