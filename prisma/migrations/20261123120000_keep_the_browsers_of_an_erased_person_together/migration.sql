-- Erasing a person changes no count: the visitors that were linked to it stay one person in each experiment, under
-- an id that is drawn here, differs between experiments and stands nowhere else. Without it each of them would be
-- counted by itself, and somebody who saw two variants would enter the comparison.

CREATE OR REPLACE FUNCTION forget_facts_of_erased_subject() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."metadata" := CASE WHEN NEW."metadata" ? 'erasedPerson'
    THEN jsonb_build_object('erasedPerson', NEW."metadata" -> 'erasedPerson') END;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION erase_linked_visitors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  WITH theirs AS (
    SELECT "id", "experimentSlug" FROM "ExperimentVariant"
    WHERE "visitorId" IN (SELECT "visitorId" FROM "VisitorLink" WHERE "userId" = OLD."id")
    ORDER BY "id" FOR UPDATE
  ), person AS (
    SELECT "experimentSlug", jsonb_build_object('erasedPerson', gen_random_uuid()) AS "metadata"
    FROM theirs GROUP BY "experimentSlug" HAVING count(*) > 1
  )
  UPDATE "ExperimentVariant" AS assignment SET "visitorId" = NULL, "metadata" = person."metadata"
  FROM theirs LEFT JOIN person USING ("experimentSlug") WHERE assignment."id" = theirs."id";
  RETURN OLD;
END $$;
