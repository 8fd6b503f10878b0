-- Metrics that people make from the sources that code defines. A definition is a version of its own and never changes:
-- experiments that have started keep theirs.
CREATE TABLE "ExperimentMetric" (
    "key" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "status" TEXT NOT NULL DEFAULT 'ready',
    "ownerId" INTEGER,
    "version" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExperimentMetric_pkey" PRIMARY KEY ("key")
);
ALTER TABLE "ExperimentMetric" ADD CONSTRAINT "ExperimentMetric_status_check" CHECK ("status" IN ('draft', 'ready', 'archived'));
CREATE INDEX "ExperimentMetric_ownerId_idx" ON "ExperimentMetric"("ownerId");
ALTER TABLE "ExperimentMetric" ADD CONSTRAINT "ExperimentMetric_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "ExperimentMetricVersion" (
    "key" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "definition" JSONB NOT NULL,
    "createdById" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExperimentMetricVersion_pkey" PRIMARY KEY ("key", "version")
);
CREATE INDEX "ExperimentMetricVersion_createdById_idx" ON "ExperimentMetricVersion"("createdById");
ALTER TABLE "ExperimentMetricVersion" ADD CONSTRAINT "ExperimentMetricVersion_key_fkey" FOREIGN KEY ("key") REFERENCES "ExperimentMetric"("key") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ExperimentMetricVersion" ADD CONSTRAINT "ExperimentMetricVersion_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE FUNCTION refuse_changing_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A version of a metric is final: make another one' USING ERRCODE = 'CX005';
END $$;
CREATE TRIGGER "ExperimentMetricVersion_is_final" BEFORE UPDATE ON "ExperimentMetricVersion"
  FOR EACH ROW WHEN ((OLD."key", OLD."version", OLD."definition", OLD."createdAt") IS DISTINCT FROM (NEW."key", NEW."version", NEW."definition", NEW."createdAt"))
  EXECUTE FUNCTION refuse_changing_version();

-- What a team wants checked before each start, and who has checked it for which experiment.
CREATE TABLE "ExperimentChecklistItem" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "text" TEXT NOT NULL,
    "createdById" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExperimentChecklistItem_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "ExperimentChecklistItem_createdById_idx" ON "ExperimentChecklistItem"("createdById");
ALTER TABLE "ExperimentChecklistItem" ADD CONSTRAINT "ExperimentChecklistItem_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TABLE "ExperimentCheck" (
    "experimentSlug" TEXT NOT NULL,
    "itemId" UUID NOT NULL,
    "checkedById" INTEGER,
    "checkedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExperimentCheck_pkey" PRIMARY KEY ("experimentSlug", "itemId")
);
CREATE INDEX "ExperimentCheck_itemId_idx" ON "ExperimentCheck"("itemId");
CREATE INDEX "ExperimentCheck_checkedById_idx" ON "ExperimentCheck"("checkedById");
ALTER TABLE "ExperimentCheck" ADD CONSTRAINT "ExperimentCheck_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ExperimentCheck" ADD CONSTRAINT "ExperimentCheck_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "ExperimentChecklistItem"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ExperimentCheck" ADD CONSTRAINT "ExperimentCheck_checkedById_fkey" FOREIGN KEY ("checkedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- When a variant was last opened in a preview, by whomever: the review before a start says which nobody has looked at.
CREATE TABLE "ExperimentPreview" (
    "experimentSlug" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "openedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExperimentPreview_pkey" PRIMARY KEY ("experimentSlug", "variant")
);
ALTER TABLE "ExperimentPreview" ADD CONSTRAINT "ExperimentPreview_experimentSlug_fkey" FOREIGN KEY ("experimentSlug") REFERENCES "Feature"("slug") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TRIGGER "ExperimentMetric_audit" AFTER INSERT OR UPDATE OR DELETE ON "ExperimentMetric"
  FOR EACH ROW EXECUTE FUNCTION audit_change('key');
CREATE TRIGGER "ExperimentMetricVersion_audit" AFTER INSERT OR UPDATE OR DELETE ON "ExperimentMetricVersion"
  FOR EACH ROW EXECUTE FUNCTION audit_change('key', 'version');
CREATE TRIGGER "ExperimentChecklistItem_audit" AFTER INSERT OR UPDATE OR DELETE ON "ExperimentChecklistItem"
  FOR EACH ROW EXECUTE FUNCTION audit_change('id');
CREATE TRIGGER "ExperimentCheck_audit" AFTER INSERT OR UPDATE OR DELETE ON "ExperimentCheck"
  FOR EACH ROW EXECUTE FUNCTION audit_change('experimentSlug', 'itemId');

-- A node of the version before does not know of the definitions that an experiment holds, and saves it without them.
CREATE FUNCTION keep_metric_definitions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."metadata" := NEW."metadata" || jsonb_build_object('catalogMetrics', OLD."metadata" -> 'catalogMetrics');
  RETURN NEW;
END $$;
CREATE TRIGGER "Feature_keep_metric_definitions" BEFORE UPDATE OF "metadata" ON "Feature"
  FOR EACH ROW WHEN (OLD."metadata" ? 'catalogMetrics' AND NEW."metadata" ? 'salt' AND NOT NEW."metadata" ? 'catalogMetrics')
  EXECUTE FUNCTION keep_metric_definitions();
