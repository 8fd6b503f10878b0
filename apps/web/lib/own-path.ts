// Going back to these after signing in would lead nowhere.
const notPages = /^\/(?:login|signup|api)(?:\/|$)/;

/** The path where it stays on this site and is a page, else the fallback: nobody can send a visitor elsewhere. */
export function ownPath(path: string | string[] | null | undefined, fallback: string): string {
  // A browser reads a backslash as a slash, and drops tabs and line breaks: "/\t/evil.example" is another site.
  if (typeof path !== "string" || !/^\/(?![/\\])/.test(path) || /[\\\p{Cc}]/u.test(path)) return fallback;
  const base = "http://own.invalid";
  if (!URL.canParse(path, base)) return fallback;
  const { origin, pathname, search, hash } = new URL(path, base);
  return origin === base && !pathname.startsWith("//") && !notPages.test(pathname)
    ? pathname + search + hash
    : fallback;
}

/** The login page, which leads back to this path. */
export function loginPath(backTo: string): string {
  return `/login?${new URLSearchParams({ callbackUrl: backTo })}`;
}
