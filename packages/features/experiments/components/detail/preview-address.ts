const BASE = "http://own.invalid";

/** Whether it names a page of this site: a path, with or without a query. */
export function isPagePath(path: string): boolean {
  return /^\/(?![/\\])/.test(path) && URL.canParse(path, BASE) && new URL(path, BASE).origin === BASE;
}

/** The address that shows the page with the preview's query. */
export function previewAddress(origin: string, path: string, query: string): string {
  const page = new URL(path, BASE);
  const search = page.search === "" ? `?${query}` : `${page.search}&${query}`;
  return origin + page.pathname + search + page.hash;
}
