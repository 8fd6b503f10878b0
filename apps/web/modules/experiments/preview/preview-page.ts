const BASE = "http://own.invalid";

/** A path with its query as the value of a parameter. Next decodes the query of a rewrite once more: this survives it. */
export function encodePage(path: string): string {
  return btoa(path).replaceAll("+", "-").replaceAll("/", "_");
}

/** The page of this site that was encoded; the home page for anything else. */
export function pageOf(encoded: string | null): Pick<URL, "pathname" | "searchParams"> {
  const home = new URL(BASE);
  const to = decode(encoded);
  // A browser reads a backslash as a slash, and drops tabs and line breaks: "/\t/evil.example" is another site.
  if (to === null || !/^\/(?![/\\])/.test(to) || /[\\\p{Cc}]/u.test(to) || !URL.canParse(to, BASE))
    return home;
  const page = new URL(to, BASE);
  return page.origin === BASE && !/^\/(?:\/|api(?:\/|$))/.test(page.pathname) ? page : home;
}

function decode(encoded: string | null): string | null {
  if (encoded === null || !/^[\w-]+={0,2}$/.test(encoded) || encoded.length % 4 !== 0) return null;
  return atob(encoded.replaceAll("-", "+").replaceAll("_", "/"));
}
