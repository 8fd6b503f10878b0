-- What pages show of a large experiment's rows, as the background recount has counted them: whoever opens a page must
-- not count a million rows. The recount fills `counts`, which are by variant.
CREATE TABLE "ExperimentCount" (
    "experimentSlug" TEXT NOT NULL,
    "asOf" TIMESTAMPTZ(3) NOT NULL,
    "assignments" INTEGER NOT NULL,
    "recentExposures" INTEGER NOT NULL,
    "counts" JSONB,

    CONSTRAINT "ExperimentCount_pkey" PRIMARY KEY ("experimentSlug")
);
ALTER TABLE "ExperimentCount" ADD CONSTRAINT "ExperimentCount_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

-- Those that are over are not counted again by themselves.
INSERT INTO "ExperimentCount" ("experimentSlug", "asOf", "assignments", "recentExposures")
SELECT "experimentSlug", clock_timestamp(), count(*),
  count(*) FILTER (WHERE "exposedAt" > now() - interval '24 hours' AND "assignmentType" <> 'IMPORTED')
FROM "ExperimentVariant" GROUP BY "experimentSlug" HAVING count(*) > 1000;

-- The log holds what was changed of flags too. A page of the activity begins at its end, or where the last page ended,
-- and goes on for as many entries as it shows.
CREATE INDEX "AuditLog_activity_idx" ON "AuditLog" ("at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember');
CREATE INDEX "AuditLog_activity_of_row_idx" ON "AuditLog" ("rowKey", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember');
CREATE INDEX "AuditLog_activity_of_actor_idx" ON "AuditLog" ("actorId", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember');

-- Administrators of the application may work with experiments, and are few among many people.
CREATE INDEX "User_administrators_idx" ON "User" ("id") WHERE "role" = 'ADMIN';
