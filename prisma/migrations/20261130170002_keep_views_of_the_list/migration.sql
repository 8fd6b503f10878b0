-- Filters of the list that people keep for themselves. Whom a filter names as an owner is a column of its own, so that
-- erasing that person empties it.
CREATE TABLE "ExperimentView" (
    "userId" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "filter" JSONB NOT NULL,
    "ownerId" INTEGER,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "ExperimentView_pkey" PRIMARY KEY ("userId", "name")
);
CREATE INDEX "ExperimentView_ownerId_idx" ON "ExperimentView"("ownerId");
ALTER TABLE "ExperimentView" ADD CONSTRAINT "ExperimentView_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ExperimentView" ADD CONSTRAINT "ExperimentView_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;
