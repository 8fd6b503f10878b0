-- Which builds have asked for an experiment, and when the last time: one that no code asks for shows nobody anything, and
-- its page says so. Each node adds once a minute what it has counted.
CREATE TABLE "ExperimentAsk" (
    "experimentSlug" TEXT NOT NULL,
    "build" TEXT NOT NULL,
    "asked" BIGINT NOT NULL,
    "firstAskedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastAskedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ExperimentAsk_pkey" PRIMARY KEY ("experimentSlug", "build")
);
ALTER TABLE "ExperimentAsk" ADD CONSTRAINT "ExperimentAsk_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;
