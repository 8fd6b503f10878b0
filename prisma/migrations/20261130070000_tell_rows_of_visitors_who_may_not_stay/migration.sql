-- A row that was written together with its visitor's cookie is provisional until that cookie comes back, or its variant
-- was seen. Rows from before, and those of an older version that still runs, count as they did.
ALTER TABLE "ExperimentVariant" ADD COLUMN "isProvisional" BOOLEAN NOT NULL DEFAULT false;
