/** So many rows are counted whenever somebody looks; of more, what the recount has stored is shown. */
export const FEW = 1_000;

/** Counts the rows of an experiment up to one more than few, for `readFirst`. */
export function buildCountFewSql(slug: string): string {
  return buildCountFirst(`"experimentSlug" = ${slug}`);
}

/** First exposures within a day: those of a flag are none. */
export const IS_RECENT = `"exposedAt" > now() - interval '24 hours' AND "assignmentType" <> 'IMPORTED'`;

/** Counts the recent ones, up to as many. */
export function buildCountFewRecentSql(slug: string): string {
  return buildCountFirst(`"experimentSlug" = ${slug} AND ${IS_RECENT}`);
}

/**
 * In the order of the recount's index, so that no other way of reading is as cheap: the planner may believe that any
 * experiment has most of the rows.
 */
function buildCountFirst(condition: string): string {
  return `(SELECT count(*)::int FROM (
    SELECT FROM "ExperimentVariant" WHERE ${condition} ORDER BY "exposedAt" LIMIT ${FEW + 1}
  ) AS few)`;
}
