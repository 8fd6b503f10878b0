/** Up to this many rows are counted on each request. For more, pages show the stored counts of the recount. */
export const FEW = 1_000;

/**
 * Counts the rows of an experiment up to one more than few, for `readFirst`: those that were seen, and only where these
 * are few the others, of which the index does not say what is provisional.
 */
export function buildCountFewSql(slug: string): string {
  const isOf = `"experimentSlug" = ${slug}`;
  return `(SELECT count(*)::int FROM (
    ${buildFirst(`${isOf} AND "exposedAt" IS NOT NULL`)}
    UNION ALL
    ${buildFirst(`${isOf} AND "exposedAt" IS NULL AND NOT "isProvisional"`)}
    LIMIT ${FEW + 1}
  ) AS few)`;
}

/** First exposures of the last day, without imported rows: a flag's users were not exposed by the experiment. */
const IS_RECENT = `"exposedAt" > now() - interval '24 hours' AND "assignmentType" <> 'IMPORTED'`;

/** Counts recent exposures, up to the same limit. */
export function buildCountFewRecentSql(slug: string): string {
  return `(SELECT count(*)::int FROM ${buildFirst(`"experimentSlug" = ${slug} AND ${IS_RECENT}`)} AS few)`;
}

/**
 * Ordered like the recount's index, so that the planner uses it. With old statistics it may believe that one experiment
 * has most of the rows, and would scan the table.
 */
function buildFirst(condition: string): string {
  return `(SELECT 1 FROM "ExperimentVariant" WHERE ${condition} ORDER BY "exposedAt" LIMIT ${FEW + 1})`;
}
