-- A flag takes one switch and one share for the same time, whoever plans it and by whatever code. Of those that stand
-- twice the last one decides today, so that one stays.
LOCK TABLE "ScheduledFlagChange" IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM "ScheduledFlagChange" AS earlier USING "ScheduledFlagChange" AS later
  WHERE later."flagSlug" = earlier."flagSlug" AND later."at" = earlier."at" AND later."id" > earlier."id"
    AND (later."enabled" IS NULL) = (earlier."enabled" IS NULL)
    AND later."dropped" IS NULL AND earlier."dropped" IS NULL;
CREATE UNIQUE INDEX "ScheduledFlagChange_planned_once" ON "ScheduledFlagChange" ("flagSlug", "at", ("enabled" IS NULL))
  WHERE "dropped" IS NULL;
