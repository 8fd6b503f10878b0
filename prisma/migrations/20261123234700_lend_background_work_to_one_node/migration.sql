-- Work that one node at a time does for all. Nothing is locked while it lasts: a lease that is not renewed runs out.
CREATE TABLE "Lease" (
    "name" TEXT NOT NULL,
    "holder" UUID,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "Lease_pkey" PRIMARY KEY ("name")
);
