-- A row has one subject, and stood in the unique indexes of the two kinds that it is not, and in an index of its id
-- beside the unique one. The id comes first now, so that one index holds subjects apart and finds all rows of one:
-- three index entries for a first assignment instead of six.
CREATE UNIQUE INDEX "ExperimentVariant_userId_experimentSlug_key"
  ON "ExperimentVariant" ("userId", "experimentSlug") WHERE "userId" IS NOT NULL;
CREATE UNIQUE INDEX "ExperimentVariant_teamId_experimentSlug_key"
  ON "ExperimentVariant" ("teamId", "experimentSlug") WHERE "teamId" IS NOT NULL;
CREATE UNIQUE INDEX "ExperimentVariant_visitorId_experimentSlug_key"
  ON "ExperimentVariant" ("visitorId", "experimentSlug") WHERE "visitorId" IS NOT NULL;
DROP INDEX "ExperimentVariant_experimentSlug_userId_key";
DROP INDEX "ExperimentVariant_experimentSlug_teamId_key";
DROP INDEX "ExperimentVariant_experimentSlug_visitorId_key";
DROP INDEX "ExperimentVariant_userId_idx";
DROP INDEX "ExperimentVariant_teamId_idx";
DROP INDEX "ExperimentVariant_visitorId_idx";
