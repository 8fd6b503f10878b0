-- The few that are: those of a day at most. An exposure takes a row out of here without a further word.
CREATE INDEX CONCURRENTLY "ExperimentVariant_provisional_idx" ON "ExperimentVariant" ("experimentSlug", "assignedAt")
  WHERE "isProvisional" AND "exposedAt" IS NULL;
