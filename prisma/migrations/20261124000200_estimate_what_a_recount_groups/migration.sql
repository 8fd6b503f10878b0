-- A recount groups millions of rows into some hundred days. Without this the planner expects a group for each row, and
-- neither shares the work among workers nor keeps its memory small.
CREATE STATISTICS "ExperimentVariant_exposure_day" ON (("exposedAt" AT TIME ZONE 'UTC')::date) FROM "ExperimentVariant";

-- All rows of erased subjects, of which those that were joined to a person are a part.
CREATE INDEX "ExperimentVariant_erased_idx" ON "ExperimentVariant" ("experimentSlug")
  WHERE num_nonnulls("userId", "teamId", "visitorId") = 0;
DROP INDEX "ExperimentVariant_erased_person_idx";
