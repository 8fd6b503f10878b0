// After signing in, going back to one of these would lead nowhere.
const notPages = /^\/(?:login|signup|api)(?:\/|$)/;

/**
 * Returns the path if it stays on this site and is a page, otherwise the fallback, so that nobody can send a visitor
 * elsewhere.
 */
export function ownPath(path: string | string[] | null | undefined, fallback: string): string {
  // Browsers read a backslash as a slash and drop tabs and line breaks: "/\t/evil.example" is another site.
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
