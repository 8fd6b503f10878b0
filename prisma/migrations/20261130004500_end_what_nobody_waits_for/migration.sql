-- A statement that waits for a lock does not notice that whoever asked it has given up and closed the connection. Behind a
-- lock that somebody holds for some seconds, one node would so use up all connections of the server. With this setting
-- the server looks once a second, in sessions that begin from now on. It is of the database, since a pooler lets no
-- session choose it. Where the platform cannot do it, or the role does not own the database, all else works as before.
DO $$
BEGIN
  EXECUTE format('ALTER DATABASE %I SET client_connection_check_interval = %L', current_database(), '1s');
EXCEPTION
  WHEN insufficient_privilege OR invalid_parameter_value OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'client_connection_check_interval was not set: %', SQLERRM;
END
$$;
