-- What the list says of an experiment: its verdict in a word and what somebody has to look at, as the background has
-- judged it with its newest result. Among thousands, those that need somebody are found by an index.
CREATE TABLE "ExperimentHealth" (
    "experimentSlug" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "verdict" TEXT,
    "daysToGo" INTEGER,
    "unitsToGo" INTEGER,
    "problems" TEXT[] NOT NULL DEFAULT '{}',
    "lastExposedOn" DATE,
    "harmed" TEXT[] NOT NULL DEFAULT '{}',
    "broken" TEXT[] NOT NULL DEFAULT '{}',

    CONSTRAINT "ExperimentHealth_pkey" PRIMARY KEY ("experimentSlug")
);
ALTER TABLE "ExperimentHealth" ADD CONSTRAINT "ExperimentHealth_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "ExperimentHealth_problems_idx" ON "ExperimentHealth" ("experimentSlug") WHERE "problems" <> '{}';

-- Those that are under way are judged with their next recount. Of those that are over nothing is withheld.
INSERT INTO "ExperimentHealth" ("experimentSlug", "asOf", "verdict")
SELECT "experimentSlug", "asOf", CASE "result" #>> '{analysis,verdict,code}'
    WHEN 'better' THEN 'better' WHEN 'worse' THEN 'worse' WHEN 'mixed' THEN 'mixed'
    WHEN 'no_difference_that_matters' THEN 'no_difference' WHEN 'no_clear_difference' THEN 'inconclusive'
    WHEN 'no_longer_clear' THEN 'no_longer_clear' WHEN 'guardrail_worse' THEN 'harmed'
    WHEN 'split_is_off' THEN 'untrusted' ELSE 'no_answer' END
FROM "ExperimentResult" AS stored JOIN "Feature" AS feature ON feature."slug" = stored."experimentSlug"
WHERE NOT stored."isReceipt" AND feature."metadata" ->> 'endedAt' IS NOT NULL;
