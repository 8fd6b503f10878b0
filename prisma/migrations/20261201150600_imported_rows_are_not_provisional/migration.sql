-- Imported rows are kept from the start. A recount could not tell when a provisional one began to count.
ALTER TABLE "ExperimentVariant" ADD CONSTRAINT "ExperimentVariant_imported_is_not_provisional"
  CHECK (NOT ("isProvisional" AND "assignmentType" = 'IMPORTED')) NOT VALID;
