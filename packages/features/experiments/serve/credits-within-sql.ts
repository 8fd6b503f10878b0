import { buildCreditedSql, RECORD_CREDITED } from "./credits-sql";

/** How long a caller's transaction waits for one lock of ours. */
const LOCK_TIMEOUT_MS = 250;

/** DO takes no parameters, so the credit is passed in a setting. */
export const PREPARE = `WITH before AS MATERIALIZED (SELECT current_setting('statement_timeout') AS "statementTimeout")
  SELECT set_config('calcom.credit', ($1::jsonb || to_jsonb(before))::text, true),
    set_config('statement_timeout', $2, true)
  FROM before`;

/**
 * The inner block acts as a savepoint: if something fails in it, only the block is undone. It is one statement instead
 * of SAVEPOINT, INSERT and ROLLBACK TO, because the caller may run other statements on the same connection at the same
 * time, and ROLLBACK TO would undo those as well.
 */
export const CREDIT_WITHIN = `DO $credit$
  DECLARE
    asked jsonb := nullif(current_setting('calcom.credit', true), '')::jsonb;
    lock_timeout_before text := current_setting('lock_timeout');
    search_path_before text := current_setting('search_path');
    recorded int;
    outcome jsonb;
  BEGIN
    IF asked IS NULL THEN RETURN; END IF;
    BEGIN
      PERFORM set_config('lock_timeout', '${LOCK_TIMEOUT_MS}', true);
      -- Connections of the host need not know where the module is.
      IF asked ->> 'schema' IS NOT NULL THEN
        PERFORM set_config('search_path', concat_ws(', ', quote_ident(asked ->> 'schema'), nullif(search_path_before, '')), true);
      END IF;
      WITH ${buildCreditedSql("jsonb_build_array(asked)", 1)} ${RECORD_CREDITED};
      GET DIAGNOSTICS recorded = ROW_COUNT;
      outcome := jsonb_build_object('recorded', recorded);
    EXCEPTION WHEN query_canceled OR OTHERS THEN
      outcome := jsonb_build_object('failure', jsonb_build_object('state', SQLSTATE, 'message', SQLERRM));
    END;
    PERFORM set_config('lock_timeout', lock_timeout_before, true);
    PERFORM set_config('search_path', search_path_before, true);
    PERFORM set_config('statement_timeout', asked ->> 'statementTimeout', true);
    PERFORM set_config('calcom.credit', outcome::text, true);
  END
$credit$`;

export const OUTCOME = `SELECT nullif(current_setting('calcom.credit', true), '') AS outcome`;
