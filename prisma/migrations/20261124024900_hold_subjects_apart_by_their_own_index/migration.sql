-- A row has one subject, and stood in the unique indexes of the two kinds that it is not: entries for nulls, which hold
-- nothing apart and made each first assignment write five index entries where three will do.
DROP INDEX "ExperimentVariant_experimentSlug_userId_key";
CREATE UNIQUE INDEX "ExperimentVariant_experimentSlug_userId_key"
  ON "ExperimentVariant" ("experimentSlug", "userId") WHERE "userId" IS NOT NULL;
DROP INDEX "ExperimentVariant_experimentSlug_teamId_key";
CREATE UNIQUE INDEX "ExperimentVariant_experimentSlug_teamId_key"
  ON "ExperimentVariant" ("experimentSlug", "teamId") WHERE "teamId" IS NOT NULL;
DROP INDEX "ExperimentVariant_experimentSlug_visitorId_key";
CREATE UNIQUE INDEX "ExperimentVariant_experimentSlug_visitorId_key"
  ON "ExperimentVariant" ("experimentSlug", "visitorId") WHERE "visitorId" IS NOT NULL;
