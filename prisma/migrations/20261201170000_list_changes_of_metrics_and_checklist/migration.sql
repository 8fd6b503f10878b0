-- The activity also lists changes of the metric catalogue and of the start checklist.
DROP INDEX "AuditLog_activity_idx";
DROP INDEX "AuditLog_activity_of_row_idx";
DROP INDEX "AuditLog_activity_of_actor_idx";
CREATE INDEX "AuditLog_activity_idx" ON "AuditLog" ("at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person', 'ExperimentMetric', 'ExperimentChecklistItem');
CREATE INDEX "AuditLog_activity_of_row_idx" ON "AuditLog" ("rowKey", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person', 'ExperimentMetric', 'ExperimentChecklistItem');
CREATE INDEX "AuditLog_activity_of_actor_idx" ON "AuditLog" ("actorId", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export', 'Person', 'ExperimentMetric', 'ExperimentChecklistItem');
