/**
 * Whether the rows of a flag are what counts: unless it has become an experiment that is under way, or that ended with a
 * winner. The same rule as `doRowsCount` of the experiments; `feature` is the name of the flag's row in the statement.
 */
export const rowsCountSql = (feature: string): string =>
  `(${feature}."type" IS DISTINCT FROM 'EXPERIMENT' OR ${isFormer(feature)})`;

const isFormer = (
  feature: string,
) => `(jsonb_typeof(${feature}."metadata" -> 'convertedFrom') = 'object' AND (
  ${feature}."metadata" ->> 'status' = 'draft' OR (
    ${feature}."metadata" ->> 'status' IN ('concluded', 'archived') AND ${feature}."metadata" ->> 'winnerVariant' IS NULL)))`;
