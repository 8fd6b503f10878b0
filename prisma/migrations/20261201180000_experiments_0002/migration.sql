-- experiments 0002 {"schema":"public","users":{"table":"User"},"teams":{"table":"Team"},"ids":{"users":"integer","teams":"integer"},"hasForeignKeys":true,"flags":null}
-- For the page of feature flags, and for whoever asks which of these files a database has.

-- The number of the newest of these files that was applied. Without this function it is 1.
CREATE OR REPLACE FUNCTION "public".experiment_module_version() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT 2
$$;

-- Whether the tables of flags are the module's. Otherwise the application had them before, and has code that reads them.
CREATE OR REPLACE FUNCTION "public".experiment_flags_are_own() RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT true
$$;

-- A flag takes one switch and one share for the same time, whoever plans it and by whatever code. Of those that stand
-- twice the last one decides today, so that one stays.
LOCK TABLE "public"."ScheduledFlagChange" IN SHARE ROW EXCLUSIVE MODE;
DELETE FROM "public"."ScheduledFlagChange" AS earlier USING "public"."ScheduledFlagChange" AS later
  WHERE later."flagSlug" = earlier."flagSlug" AND later."at" = earlier."at" AND later."id" > earlier."id"
    AND (later."enabled" IS NULL) = (earlier."enabled" IS NULL)
    AND later."dropped" IS NULL AND earlier."dropped" IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS "ScheduledFlagChange_planned_once" ON "public"."ScheduledFlagChange" ("flagSlug", "at", ("enabled" IS NULL))
  WHERE "dropped" IS NULL;
