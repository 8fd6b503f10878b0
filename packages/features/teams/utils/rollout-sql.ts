/**
 * Whether a flag is on where no row says anything: for everybody, or by its rollout. `feature` is the flag's row in the
 * statement, `user` the id of a person there, or null, and `teams` selects ids of teams. Who is in follows from the hash by
 * which experiments take their traffic: raising the share takes the flag from nobody.
 */
export function isOnSql(feature: string, { user, teams }: { user: string; teams: string }): string {
  const isIn = (id: string) => `is_rolled_out(${feature}."slug", ${feature}."rolloutPercentage", ${id})`;
  return `(${feature}."enabled" IS TRUE AND CASE ${feature}."rolloutUnit"
    WHEN 'user' THEN coalesce(${isIn(user)}, false)
    WHEN 'team' THEN EXISTS (SELECT FROM (${teams}) AS "candidate" ("id") WHERE ${isIn('"candidate"."id"')})
    ELSE true END)`;
}
