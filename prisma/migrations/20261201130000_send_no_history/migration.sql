-- Events of before the first node that sends any are not sent. Where somebody sends them already, all of them are.
ALTER TABLE "Lease" ADD COLUMN "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT '-infinity';
ALTER TABLE "Lease" ALTER COLUMN "startedAt" SET DEFAULT clock_timestamp();
