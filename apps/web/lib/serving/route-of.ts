/** What no route answers, or a file: its path may hold anything. */
export const NO_ROUTE = "(none)";
/** Where the pages of the site are, which readers find without the prefix. */
const SITE = "/site/[locale]";

/**
 * Finds the pattern of the route that answers a URL. A log keeps the pattern: the path itself may hold ids, names and
 * whatever somebody typed.
 */
export function createRouteFinder(patterns: readonly string[]): (url: string) => string {
  const known = patterns.flatMap((pattern) =>
    pattern.startsWith(`${SITE}/`) ? [pattern, pattern.slice(SITE.length)] : [pattern],
  );
  const routes = [...new Set(["/", ...known])].sort(bySpecificity).map((pattern) => ({
    pattern,
    matcher: new RegExp(`^${pattern.split("/").map(matcherOf).join("/")}$`),
  }));
  return (url) => {
    const pathname = url.split(/[?#]/, 1)[0]?.replace(/(?<=.)\/$/, "") ?? "";
    if (pathname.startsWith("/_next/static/")) return "/_next/static";
    if (pathname.startsWith("/_next/")) return "/_next";
    return routes.find(({ matcher }) => matcher.test(pathname))?.pattern ?? NO_ROUTE;
  };
}

function matcherOf(segment: string): string {
  if (segment.startsWith("[[...")) return ".*";
  if (segment.startsWith("[...")) return ".+";
  if (segment.startsWith("[")) return "[^/]+";
  return segment.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Next prefers the same: a name to a parameter, segment by segment. */
function bySpecificity(a: string, b: string): number {
  const key = (pattern: string) => pattern.replaceAll("[", "\uffff");
  return key(a) < key(b) ? -1 : 1;
}
