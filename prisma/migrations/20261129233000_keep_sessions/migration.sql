-- The browsers that somebody has signed in with, so that they can be signed out again. Tokens from before this migration
-- get a row when they are first seen.
ALTER TABLE "User" ADD COLUMN "sessionsEndedAt" TIMESTAMPTZ(3);

CREATE TABLE "UserSession" (
    "id" UUID NOT NULL,
    "userId" INTEGER NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "seenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),

    CONSTRAINT "UserSession_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "UserSession_userId_idx" ON "UserSession"("userId");
ALTER TABLE "UserSession" ADD CONSTRAINT "UserSession_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "PasswordReset" (
    "tokenHash" TEXT NOT NULL,
    "userId" INTEGER NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "PasswordReset_pkey" PRIMARY KEY ("tokenHash")
);
CREATE INDEX "PasswordReset_userId_idx" ON "PasswordReset"("userId");
ALTER TABLE "PasswordReset" ADD CONSTRAINT "PasswordReset_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Every node forgets what it knows of the person's sessions. Who deletes people by SQL announces it too.
CREATE FUNCTION announce_ended_session() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('user_session', OLD."userId"::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "UserSession_announce_revoked" AFTER UPDATE OF "revokedAt" ON "UserSession"
  FOR EACH ROW EXECUTE FUNCTION announce_ended_session();
CREATE TRIGGER "UserSession_announce_deleted" AFTER DELETE ON "UserSession"
  FOR EACH ROW WHEN (OLD."revokedAt" IS NULL) EXECUTE FUNCTION announce_ended_session();
