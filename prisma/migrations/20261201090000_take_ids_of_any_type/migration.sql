-- Where the module of experiments is installed, ids of people and teams may be of other types than here. Its statements
-- say the type of a parameter by these names, whatever it is; the columns are as they were.
CREATE DOMAIN experiment_user_id AS integer;
CREATE DOMAIN experiment_team_id AS integer;

-- The user whom a text names; null where it is no id that a user can have.
CREATE FUNCTION experiment_user_id_of(content text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT CASE WHEN content ~ '^[0-9]{1,19}$' THEN CASE WHEN content::numeric <= 2147483647 THEN content::integer END END
$$;

-- Within JSON an id is what it is by itself.
CREATE FUNCTION experiment_user_json(id integer) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT to_jsonb(id)
$$;
CREATE FUNCTION experiment_team_json(id integer) RETURNS jsonb LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT to_jsonb(id)
$$;

-- For ids of any type. The node of before hands over an integer, which it takes too.
DROP FUNCTION is_rolled_out(text, double precision, integer);
CREATE FUNCTION is_rolled_out(slug text, percentage double precision, unit_id anynonarray) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT murmur3('traffic:' || slug || ':' || unit_id::text) < floor(round(percentage::numeric * 100) * 4294967296 / 10000)
$$;

-- The log tells people apart by their whole ids: one may begin like another, and have colons of its own.
CREATE OR REPLACE FUNCTION without_user(entry "AuditLog") RETURNS "AuditLog" LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  entry."rowKey" := 'erased:' || (coalesce(entry."after", entry."before") ->> 'featureId');
  entry."before" := entry."before" - 'userId';
  entry."after" := entry."after" - 'userId';
  RETURN entry;
END $$;

CREATE OR REPLACE FUNCTION erase_from_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "AuditLog" AS entry SET ("rowKey", "before", "after") =
    (SELECT erased."rowKey", erased."before", erased."after" FROM without_user(entry) AS erased)
  WHERE "tableName" = 'UserFeatures' AND "rowKey" ~>=~ (OLD."id" || ':') AND "rowKey" ~<~ (OLD."id" || ';')
    AND coalesce("after", "before") ->> 'userId' = OLD."id"::text;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION leave_out_who_is_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM "User" WHERE "id" = experiment_user_id_of(coalesce(NEW."after", NEW."before") ->> 'userId')
  ) THEN
    RETURN without_user(NEW);
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_rewriting_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."tableName" = 'UserFeatures' AND NEW IS NOT DISTINCT FROM without_user(OLD) AND NOT EXISTS (
    SELECT FROM "User" WHERE "id" = experiment_user_id_of(coalesce(OLD."after", OLD."before") ->> 'userId')
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'The audit log can only be added to' USING ERRCODE = 'CX003';
END $$;
