-- A recount reads the rows of its experiment and no others, whatever else the tables hold: each index below has all
-- that it needs of a row, so that the tables themselves are not touched.

-- Conversions know their experiment. The database fills it in, so that no writer can forget it or get it wrong.
ALTER TABLE "ExperimentConversion" ADD COLUMN "experimentSlug" TEXT NOT NULL DEFAULT '';

UPDATE "ExperimentConversion" AS conversion SET "experimentSlug" = assignment."experimentSlug"
FROM "ExperimentVariant" AS assignment WHERE assignment."id" = conversion."assignmentId";

CREATE FUNCTION name_experiment_of_conversion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT "experimentSlug" INTO NEW."experimentSlug" FROM "ExperimentVariant" WHERE "id" = NEW."assignmentId";
  -- Without an assignment the foreign key refuses the row: it says why better than a missing slug would.
  NEW."experimentSlug" := coalesce(NEW."experimentSlug", '');
  RETURN NEW;
END $$;

CREATE TRIGGER "ExperimentConversion_name_experiment" BEFORE INSERT ON "ExperimentConversion"
  FOR EACH ROW EXECUTE FUNCTION name_experiment_of_conversion();

CREATE INDEX "ExperimentConversion_recount_idx"
  ON "ExperimentConversion" ("experimentSlug", "conversionEvent")
  INCLUDE ("assignmentId", "occurredAt", "value");

-- Takes the place of the index on epoch and variant.
CREATE INDEX "ExperimentVariant_recount_idx" ON "ExperimentVariant" ("experimentSlug", "exposedAt")
  INCLUDE ("id", "variant", "epoch", "assignmentType", "assignedAt", "userId", "teamId", "visitorId");
DROP INDEX "ExperimentVariant_experimentSlug_epoch_variant_idx";

-- The few rows that a person's erasure has joined, and those that a flag has brought along.
CREATE INDEX "ExperimentVariant_erased_person_idx" ON "ExperimentVariant" ("experimentSlug") WHERE "metadata" ? 'erasedPerson';
CREATE INDEX "ExperimentVariant_imported_idx" ON "ExperimentVariant" ("experimentSlug") WHERE "assignmentType" = 'IMPORTED';

-- One stored result for each experiment, which refreshing replaces, and one receipt, which nothing does.
CREATE UNIQUE INDEX "ExperimentResult_current_key" ON "ExperimentResult" ("experimentSlug") WHERE NOT "isReceipt";
CREATE UNIQUE INDEX "ExperimentResult_receipt_key" ON "ExperimentResult" ("experimentSlug") WHERE "isReceipt";

CREATE FUNCTION refuse_changing_receipt() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A receipt cannot be changed' USING ERRCODE = 'CX004';
END $$;

CREATE TRIGGER "ExperimentResult_receipts_are_final" BEFORE UPDATE ON "ExperimentResult"
  FOR EACH ROW WHEN (OLD."isReceipt") EXECUTE FUNCTION refuse_changing_receipt();
