const BASE = "http://own.invalid";

/** The page of this site that a path with its query names; the home page for anything else. */
export function pageOf(to: string | null): Pick<URL, "pathname" | "searchParams"> {
  const home = new URL(BASE);
  // A browser reads a backslash as a slash, and drops tabs and line breaks: "/\t/evil.example" is another site.
  if (to === null || !/^\/(?![/\\])/.test(to) || /[\\\p{Cc}]/u.test(to) || !URL.canParse(to, BASE))
    return home;
  const page = new URL(to, BASE);
  return page.origin === BASE && !/^\/(?:\/|api(?:\/|$))/.test(page.pathname) ? page : home;
}
