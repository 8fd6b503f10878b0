/** Changes nothing where it is so already, so that the log holds changes only. */
export const ROLL_OUT = `
  UPDATE "Feature" SET "rolloutPercentage" = $2::float8, "rolloutUnit" = $3::text, "updatedBy" = $4
  WHERE "slug" = $1 AND "type" IS DISTINCT FROM 'EXPERIMENT'
    AND ("rolloutPercentage", "rolloutUnit") IS DISTINCT FROM ($2::float8, $3::text)`;

/** The same, of the share that somebody has looked at alone. */
export const ROLL_OUT_FROM = `${ROLL_OUT}
    AND ("rolloutPercentage", "rolloutUnit") IS NOT DISTINCT FROM ($5::float8, $6::text)`;
