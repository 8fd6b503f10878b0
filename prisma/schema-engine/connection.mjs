// @ts-check

/** @param {string} url */
export function databaseOf(url) {
  return decodeURIComponent(new URL(url).pathname.slice(1)) || "postgres";
}

/**
 * @param {string} url
 * @param {string} database
 */
export function withDatabase(url, database) {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}

/**
 * The schema that Prisma's addresses name by `?schema=`.
 *
 * @param {string} url
 */
export function schemaOf(url) {
  return new URL(url).searchParams.get("schema") ?? undefined;
}
