/** The oid of `timestamptz`, which is the same in every database. */
const TIMESTAMPTZ = 1184;
/** The last moment that JavaScript knows, in the year 275760. */
const LAST_MS = 8.64e15;

/** As `pg.types` is. */
interface Types {
  // biome-ignore lint/suspicious/noExplicitAny: pg declares its parsers so.
  getTypeParser(id: number, format?: "text" | "binary"): any;
}

/**
 * What PostgreSQL's times become: dates, always. pg makes a number of `infinity`, and whoever reads one time of a row
 * that somebody has edited would fail for all the others.
 */
export function timesAsDates({ getTypeParser }: Types): Types {
  return {
    getTypeParser(id, format) {
      const parse = getTypeParser(id, format);
      return id === TIMESTAMPTZ ? (text: string) => toDate(parse(text), text) : parse;
    },
  };
}

/** The same of a time that comes as part of JSON, in which it is a text. */
export function readJsonTime(text: string): Date {
  return toDate(new Date(text), text);
}

function toDate(parsed: unknown, text: string): Date {
  if (parsed instanceof Date && !Number.isNaN(parsed.getTime())) return parsed;
  return new Date(isBefore(text) ? -LAST_MS : LAST_MS);
}

function isBefore(text: string): boolean {
  return text.startsWith("-") || text.endsWith("BC");
}
