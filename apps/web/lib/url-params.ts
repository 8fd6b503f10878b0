export type SearchParams = Record<string, string | string[] | undefined>;

/** The query of a page's address as the browser reads it. A name that comes several times is left out. */
export function toUrlParams(params: SearchParams): URLSearchParams {
  const pairs = Object.entries(params).flatMap(([name, value]) =>
    typeof value === "string" ? [[name, value]] : [],
  );
  return new URLSearchParams(pairs);
}
