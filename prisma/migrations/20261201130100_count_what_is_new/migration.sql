-- Which transaction has written a row, and which one has noted that its subject saw the variant: a recount adds what is
-- new since the snapshot of the one before. Rows of before name none. Numbers of transactions grow, and are never used again.
ALTER TABLE "ExperimentVariant" ADD COLUMN "insertedIn" BIGINT, ADD COLUMN "exposedIn" BIGINT;
ALTER TABLE "ExperimentVariant" ALTER COLUMN "insertedIn" SET DEFAULT pg_current_xact_id()::text::bigint;
ALTER TABLE "ExperimentConversion" ADD COLUMN "insertedIn" BIGINT;
ALTER TABLE "ExperimentConversion" ALTER COLUMN "insertedIn" SET DEFAULT pg_current_xact_id()::text::bigint;
ALTER TABLE "VisitorLink" ADD COLUMN "insertedIn" BIGINT;
ALTER TABLE "VisitorLink" ALTER COLUMN "insertedIn" SET DEFAULT pg_current_xact_id()::text::bigint;

-- What a recount has counted, and in which snapshot.
CREATE TABLE "ExperimentFold" (
  "experimentSlug" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "question" TEXT NOT NULL,
  "snapshot" TEXT NOT NULL,
  "counted" JSONB NOT NULL,
  CONSTRAINT "ExperimentFold_pkey" PRIMARY KEY ("experimentSlug", "kind"),
  CONSTRAINT "ExperimentFold_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature" ("slug") ON UPDATE CASCADE ON DELETE CASCADE
);

-- Experiments whose rows were changed in another way than by adding some or by an exposure: all of theirs are counted
-- again. It names nobody, and has no foreign key: rows of an experiment go after it has gone.
CREATE TABLE "ExperimentUpset" (
  "experimentSlug" TEXT NOT NULL,
  "upsetIn" BIGINT NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
  CONSTRAINT "ExperimentUpset_pkey" PRIMARY KEY ("experimentSlug", "upsetIn")
);

-- A row that is kept from now on, or seen, counts from now on.
CREATE FUNCTION name_transaction_of_exposure() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."isProvisional" THEN
    NEW."insertedIn" := pg_current_xact_id()::text::bigint;
  ELSE
    NEW."exposedIn" := pg_current_xact_id()::text::bigint;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION upset_recount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Once for a transaction that deletes or changes a million rows of one experiment.
  IF TG_OP = 'DELETE' OR OLD."experimentSlug" = NEW."experimentSlug" THEN
    IF current_setting('calcom.upset', true) = OLD."experimentSlug" THEN RETURN NULL; END IF;
    PERFORM set_config('calcom.upset', OLD."experimentSlug", true);
  END IF;
  INSERT INTO "ExperimentUpset" ("experimentSlug")
  SELECT DISTINCT slug FROM (VALUES (OLD."experimentSlug"), (NEW."experimentSlug")) AS changed (slug) WHERE slug IS NOT NULL
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION upset_recounts_of_visitor() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ExperimentUpset" ("experimentSlug")
  SELECT DISTINCT "experimentSlug" FROM "ExperimentVariant" WHERE "visitorId" IN (OLD."visitorId", NEW."visitorId")
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION upset_all_recounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ExperimentUpset" ("experimentSlug") SELECT "slug" FROM "Feature" WHERE "type" = 'EXPERIMENT' ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_name_transaction" BEFORE UPDATE ON "ExperimentVariant"
  FOR EACH ROW WHEN (OLD."exposedAt" IS NULL AND (NEW."exposedAt" IS NOT NULL OR (OLD."isProvisional" AND NOT NEW."isProvisional")))
  EXECUTE FUNCTION name_transaction_of_exposure();
CREATE TRIGGER "ExperimentVariant_upset_recount" AFTER UPDATE ON "ExperimentVariant"
  FOR EACH ROW WHEN (
    (OLD."id", OLD."experimentSlug", OLD."variant", OLD."userId", OLD."teamId", OLD."visitorId", OLD."assignmentType", OLD."epoch", OLD."assignedAt")
      IS DISTINCT FROM
      (NEW."id", NEW."experimentSlug", NEW."variant", NEW."userId", NEW."teamId", NEW."visitorId", NEW."assignmentType", NEW."epoch", NEW."assignedAt")
    OR (OLD."exposedAt" IS NOT NULL AND (OLD."exposedAt", OLD."metadata") IS DISTINCT FROM (NEW."exposedAt", NEW."metadata"))
    OR (NEW."isProvisional" AND NOT OLD."isProvisional")
  )
  EXECUTE FUNCTION upset_recount();
CREATE TRIGGER "ExperimentVariant_upset_recount_by_deletion" AFTER DELETE ON "ExperimentVariant"
  FOR EACH ROW WHEN (NOT (OLD."isProvisional" AND OLD."exposedAt" IS NULL)) EXECUTE FUNCTION upset_recount();
CREATE TRIGGER "ExperimentConversion_upset_recount" AFTER UPDATE ON "ExperimentConversion"
  FOR EACH ROW WHEN (
    (OLD."assignmentId", OLD."experimentSlug", OLD."conversionEvent", OLD."value", OLD."occurredAt")
      IS DISTINCT FROM (NEW."assignmentId", NEW."experimentSlug", NEW."conversionEvent", NEW."value", NEW."occurredAt")
  )
  EXECUTE FUNCTION upset_recount();
CREATE TRIGGER "ExperimentConversion_upset_recount_by_deletion" AFTER DELETE ON "ExperimentConversion"
  FOR EACH ROW EXECUTE FUNCTION upset_recount();
CREATE TRIGGER "VisitorLink_upset_recounts" AFTER DELETE OR UPDATE OF "visitorId", "userId", "linkedAt" ON "VisitorLink"
  FOR EACH ROW EXECUTE FUNCTION upset_recounts_of_visitor();
CREATE TRIGGER "ExperimentVariant_upset_recounts" AFTER TRUNCATE ON "ExperimentVariant"
  FOR EACH STATEMENT EXECUTE FUNCTION upset_all_recounts();
CREATE TRIGGER "ExperimentConversion_upset_recounts" AFTER TRUNCATE ON "ExperimentConversion"
  FOR EACH STATEMENT EXECUTE FUNCTION upset_all_recounts();
CREATE TRIGGER "VisitorLink_upset_all_recounts" AFTER TRUNCATE ON "VisitorLink"
  FOR EACH STATEMENT EXECUTE FUNCTION upset_all_recounts();
