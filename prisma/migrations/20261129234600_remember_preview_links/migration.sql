-- Links that show a variant are remembered, so that they can be taken back, and end with the role of who made them.
CREATE TABLE "PreviewLink" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "experimentSlug" TEXT NOT NULL,
    "makerId" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PreviewLink_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "PreviewLink_experimentSlug_expiresAt_idx" ON "PreviewLink"("experimentSlug", "expiresAt");
CREATE INDEX "PreviewLink_makerId_idx" ON "PreviewLink"("makerId");
ALTER TABLE "PreviewLink" ADD CONSTRAINT "PreviewLink_experimentSlug_fkey"
  FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "PreviewLink" ADD CONSTRAINT "PreviewLink_makerId_fkey"
  FOREIGN KEY ("makerId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- One that has expired is tidied away without a word.
CREATE TRIGGER "PreviewLink_audit_minted" AFTER INSERT ON "PreviewLink"
  FOR EACH ROW EXECUTE FUNCTION audit_change('experimentSlug');
CREATE TRIGGER "PreviewLink_audit_revoked" AFTER DELETE ON "PreviewLink"
  FOR EACH ROW WHEN (OLD."expiresAt" > clock_timestamp()) EXECUTE FUNCTION audit_change('experimentSlug');

-- The activity shows these links, and exports.
DROP INDEX "AuditLog_activity_idx";
DROP INDEX "AuditLog_activity_of_row_idx";
DROP INDEX "AuditLog_activity_of_actor_idx";
CREATE INDEX "AuditLog_activity_idx" ON "AuditLog" ("at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export');
CREATE INDEX "AuditLog_activity_of_row_idx" ON "AuditLog" ("rowKey", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export');
CREATE INDEX "AuditLog_activity_of_actor_idx" ON "AuditLog" ("actorId", "at", "id")
  WHERE ("tableName" = 'Feature' AND 'EXPERIMENT' IN ("before" ->> 'type', "after" ->> 'type')) OR "tableName" IN ('ExperimentResult', 'ExperimentMember', 'PreviewLink', 'Export');
