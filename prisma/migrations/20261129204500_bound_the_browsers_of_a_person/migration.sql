-- Whoever decides or credits asks for all browsers of a person. One account on many machines has thousands, and paid
-- for each of them at every request: so the first hundred are linked. A further one stays a visitor of its own; while
-- the person is signed in with it, it is answered with what the others saw.
CREATE OR REPLACE FUNCTION mark_one_of_several() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Two browsers that are linked at the same moment would not see each other.
  PERFORM pg_advisory_xact_lock(hashtextextended('browsers of ' || NEW."userId", 0));
  IF (SELECT count(*) FROM (SELECT FROM "VisitorLink" WHERE "userId" = NEW."userId" LIMIT 100) AS known) = 100 THEN
    RETURN NULL;
  END IF;
  UPDATE "VisitorLink" SET "isOneOfSeveral" = true
  WHERE "userId" = NEW."userId" AND "visitorId" <> NEW."visitorId" AND NOT "isOneOfSeveral";
  NEW."isOneOfSeveral" := NEW."isOneOfSeveral"
    OR EXISTS (SELECT FROM "VisitorLink" WHERE "userId" = NEW."userId" AND "visitorId" <> NEW."visitorId");
  RETURN NEW;
END $$;
