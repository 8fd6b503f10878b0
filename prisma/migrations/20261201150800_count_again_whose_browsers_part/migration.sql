-- What is left of an erased person says which browsers were theirs, whether or not their variant was seen.
CREATE OR REPLACE TRIGGER "ExperimentVariant_upset_recount" AFTER UPDATE ON "ExperimentVariant"
  FOR EACH ROW WHEN (
    (OLD."id", OLD."experimentSlug", OLD."variant", OLD."userId", OLD."teamId", OLD."visitorId", OLD."assignmentType", OLD."epoch", OLD."assignedAt")
      IS DISTINCT FROM
      (NEW."id", NEW."experimentSlug", NEW."variant", NEW."userId", NEW."teamId", NEW."visitorId", NEW."assignmentType", NEW."epoch", NEW."assignedAt")
    OR (OLD."exposedAt" IS NOT NULL AND (OLD."exposedAt", OLD."metadata") IS DISTINCT FROM (NEW."exposedAt", NEW."metadata"))
    OR (OLD."metadata" ->> 'erasedPerson') IS DISTINCT FROM (NEW."metadata" ->> 'erasedPerson')
    OR (NEW."isProvisional" AND NOT OLD."isProvisional")
  )
  EXECUTE FUNCTION upset_recount();
