-- A migration of its own: reading all rows under the lock of the constraint would hold up whoever is assigned meanwhile.
UPDATE "ExperimentVariant" SET "isProvisional" = false WHERE "isProvisional" AND "assignmentType" = 'IMPORTED';
ALTER TABLE "ExperimentVariant" VALIDATE CONSTRAINT "ExperimentVariant_imported_is_not_provisional";
