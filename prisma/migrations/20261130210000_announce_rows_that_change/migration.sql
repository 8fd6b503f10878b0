-- Nodes remember the rows of those who have seen their variant: such a row never changes. What may change all the same
-- is announced, by the names under which a node remembers: who is erased, whose browser is joined to a person or leaves
-- them, and which experiment loses rows. That somebody has seen a variant is not announced: it happens all the time, and
-- NOTIFY lets one transaction commit after the other.

CREATE FUNCTION announce_changed_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('experiment_rows', name)
  FROM (VALUES
    ('user ' || OLD."userId"), ('team ' || OLD."teamId"), ('visitor ' || OLD."visitorId"),
    ('user ' || NEW."userId"), ('team ' || NEW."teamId"), ('visitor ' || NEW."visitorId")
  ) AS changed (name)
  WHERE name IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_announce_changed" AFTER UPDATE ON "ExperimentVariant"
  FOR EACH ROW WHEN (
    OLD."exposedAt" IS NOT NULL
    AND (OLD."experimentSlug", OLD."variant", OLD."userId", OLD."teamId", OLD."visitorId", OLD."epoch", OLD."exposedAt")
      IS DISTINCT FROM
      (NEW."experimentSlug", NEW."variant", NEW."userId", NEW."teamId", NEW."visitorId", NEW."epoch", NEW."exposedAt")
  )
  EXECUTE FUNCTION announce_changed_row();

-- One name for all of them: an experiment may have millions, and equal notices of a transaction are sent once.
CREATE FUNCTION announce_deleted_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('experiment_rows', 'experiment ' || OLD."experimentSlug");
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_announce_deleted" AFTER DELETE ON "ExperimentVariant"
  FOR EACH ROW WHEN (OLD."exposedAt" IS NOT NULL) EXECUTE FUNCTION announce_deleted_row();

CREATE FUNCTION announce_truncated_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('experiment_rows', 'all');
  RETURN NULL;
END $$;

CREATE TRIGGER "ExperimentVariant_announce_truncated" AFTER TRUNCATE ON "ExperimentVariant"
  FOR EACH STATEMENT EXECUTE FUNCTION announce_truncated_rows();
CREATE TRIGGER "VisitorLink_announce_truncated" AFTER TRUNCATE ON "VisitorLink"
  FOR EACH STATEMENT EXECUTE FUNCTION announce_truncated_rows();

-- A link changes whose rows speak for the browser, and for every other browser of the person.
CREATE FUNCTION announce_changed_link() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('experiment_rows', name)
  FROM (VALUES
    ('visitor ' || OLD."visitorId"), ('person ' || OLD."userId"),
    ('visitor ' || NEW."visitorId"), ('person ' || NEW."userId")
  ) AS changed (name)
  WHERE name IS NOT NULL;
  RETURN NULL;
END $$;

CREATE TRIGGER "VisitorLink_announce_changed" AFTER INSERT OR DELETE OR UPDATE OF "visitorId", "userId" ON "VisitorLink"
  FOR EACH ROW EXECUTE FUNCTION announce_changed_link();
