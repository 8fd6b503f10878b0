/**
 * How people and teams of the host are called, in the columns of its views: a host may have people without a name, and
 * whoever sorts or shows names must not fail of one.
 */
export const NAME = nameSql("");

/** The same of a row that has a name in the statement. */
export function nameOfRow(row: string): string {
  return nameSql(`${row}.`);
}

function nameSql(prefix: string): string {
  return `coalesce(nullif(${prefix}"name", ''), ${prefix}"id"::text)`;
}
