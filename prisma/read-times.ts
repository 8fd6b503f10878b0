import pg from "pg";

const { TIMESTAMPTZ } = pg.types.builtins;
/** The last moment that JavaScript knows, in the year 275760. */
const LAST_MS = 8.64e15;

/**
 * What PostgreSQL's times become: dates, always. pg makes a number of `infinity`, and whoever reads one time of a row
 * that somebody has edited would fail for all the others.
 */
export const timesAsDates: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    const parse = pg.types.getTypeParser(oid, format as "text");
    return oid === TIMESTAMPTZ ? (text: string) => toDate(parse(text), text) : parse;
  },
};

function toDate(parsed: unknown, text: string): Date {
  if (parsed instanceof Date && !Number.isNaN(parsed.getTime())) return parsed;
  return new Date(text.startsWith("-") ? -LAST_MS : LAST_MS);
}
