-- Two people who edit the same plan must not overwrite each other unseen.
ALTER TABLE "ScheduledFlagChange" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

CREATE FUNCTION count_scheduled_change_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."version" := OLD."version" + 1;
  RETURN NEW;
END $$;

-- Of two switches at one time, or two shares, the last one held. It is the one that is kept.
DELETE FROM "ScheduledFlagChange" AS earlier USING "ScheduledFlagChange" AS later
WHERE earlier."dropped" IS NULL AND later."dropped" IS NULL AND earlier."id" < later."id"
  AND (earlier."flagSlug", earlier."at", earlier."enabled" IS NULL) = (later."flagSlug", later."at", later."enabled" IS NULL);

CREATE TRIGGER "ScheduledFlagChange_count_version" BEFORE UPDATE ON "ScheduledFlagChange"
  FOR EACH ROW EXECUTE FUNCTION count_scheduled_change_version();

-- At one time a flag is switched once at most, and its share is set once at most.
CREATE UNIQUE INDEX "ScheduledFlagChange_one_at_a_time" ON "ScheduledFlagChange" ("flagSlug", "at", ("enabled" IS NULL))
  WHERE "dropped" IS NULL;
