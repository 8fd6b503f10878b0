-- Roles for experiments, beside the administrator of the whole application.
CREATE TYPE "ExperimentRole" AS ENUM ('VIEWER', 'EDITOR', 'ADMIN');

CREATE TABLE "ExperimentMember" (
    "userId" INTEGER NOT NULL,
    "role" "ExperimentRole" NOT NULL,
    "grantedById" INTEGER,
    "grantedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExperimentMember_pkey" PRIMARY KEY ("userId")
);

CREATE INDEX "ExperimentMember_grantedById_idx" ON "ExperimentMember"("grantedById");

ALTER TABLE "ExperimentMember" ADD CONSTRAINT "ExperimentMember_userId_fkey"
  FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ExperimentMember" ADD CONSTRAINT "ExperimentMember_grantedById_fkey"
  FOREIGN KEY ("grantedById") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE TRIGGER "ExperimentMember_audit" AFTER INSERT OR UPDATE OR DELETE ON "ExperimentMember"
  FOR EACH ROW EXECUTE FUNCTION audit_change('userId');

-- What somebody has done, the latest first.
CREATE INDEX "AuditLog_actorId_id_idx" ON "AuditLog"("actorId", "id");
