-- The activity also tells who looked at what a person sees: a row of "Person", which names them by their bare id.
DROP INDEX "AuditLog_activity_idx";
DROP INDEX "AuditLog_activity_of_row_idx";
DROP INDEX "AuditLog_activity_of_actor_idx";
CREATE INDEX "AuditLog_activity_idx" ON "AuditLog" ("at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person');
CREATE INDEX "AuditLog_activity_of_row_idx" ON "AuditLog" ("rowKey", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person');
CREATE INDEX "AuditLog_activity_of_actor_idx" ON "AuditLog" ("actorId", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person');
