-- A row belongs to a phase, and the phase to its experiment: that each new row was also checked against the experiment
-- said nothing more, and was a fifth of what it cost. Imported rows belong to no phase. For them alone triggers do what
-- the foreign key did, and nodes of the version before go on unchanged: they tell these rows by it.

CREATE FUNCTION require_experiment_of_imported() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "Feature" WHERE "slug" = NEW."experimentSlug" FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'There is no experiment %', NEW."experimentSlug" USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_require_experiment" AFTER INSERT OR UPDATE OF "experimentSlug", "epoch" ON "ExperimentVariant"
  FOR EACH ROW WHEN (NEW."epoch" IS NULL) EXECUTE FUNCTION require_experiment_of_imported();

-- Whoever is writing a row holds its phase, and is waited for: then it is there to be deleted.
CREATE FUNCTION delete_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM "ExperimentEpoch" WHERE "experimentSlug" = OLD."slug" ORDER BY "number" FOR UPDATE;
  DELETE FROM "ExperimentVariant" WHERE "experimentSlug" = OLD."slug";
  RETURN OLD;
END $$;

CREATE TRIGGER "Feature_delete_assignments" BEFORE DELETE ON "Feature"
  FOR EACH ROW EXECUTE FUNCTION delete_assignments();

-- Phases, and with them all other rows, follow by their keys.
CREATE FUNCTION rename_imported_assignments() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ExperimentVariant" SET "experimentSlug" = NEW."slug" WHERE "experimentSlug" = OLD."slug" AND "epoch" IS NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "Feature_rename_imported_assignments" AFTER UPDATE OF "slug" ON "Feature"
  FOR EACH ROW WHEN (OLD."slug" <> NEW."slug") EXECUTE FUNCTION rename_imported_assignments();

ALTER TABLE "ExperimentVariant" DROP CONSTRAINT "ExperimentVariant_experimentSlug_fkey";
