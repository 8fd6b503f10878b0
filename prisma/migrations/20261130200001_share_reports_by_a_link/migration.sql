-- A link to a report opens by a secret, of which the hash is kept. Links to variants have none: they are signed.
ALTER TABLE "PreviewLink" ADD COLUMN "tokenHash" TEXT;
ALTER TABLE "PreviewLink" ADD CONSTRAINT "PreviewLink_tokenHash_check" CHECK ("tokenHash" ~ '^[0-9a-f]{64}$');
CREATE UNIQUE INDEX "PreviewLink_tokenHash_key" ON "PreviewLink"("tokenHash");
