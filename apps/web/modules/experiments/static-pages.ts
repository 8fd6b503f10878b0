import type { LocaleCode } from "@/lib/locale";
import { type StaticPage, staticPage } from "./static-page";

/** Where the pages are that are there once per language: readers find all of them at one address. */
const SITE = "/site";

/** The paths whose pages are static. Each has its route in `app/(marketing)/site/[locale]<folder>/[code]/page.tsx`. */
export const staticPages = {
  "/": staticPage("/landing", { "landing-hero-test": ["control", "benefit-focused"] }),
} satisfies Record<`/${string}`, StaticPage>;

const byPath: Readonly<Partial<Record<string, StaticPage>>> = staticPages;

/** The paths of the site whose pages are rendered by request, in `app/(marketing)/site/[locale]<path>/page.tsx`. */
const renderedPages: ReadonlySet<string> = new Set(["/pricing", "/privacy"]);

/** The static page at an address, if there is one. */
export function findStaticPage(pathname: string): StaticPage | undefined {
  return byPath[pathname];
}

/** The path of the route that answers `pathname` in this language; null where the address is that of its route. */
export async function siteRouteOf(
  pathname: string,
  locale: LocaleCode,
  codeOf: (page: StaticPage) => Promise<string>,
): Promise<string | null> {
  const page = findStaticPage(pathname);
  if (page !== undefined) return `${SITE}/${locale}${page.folder}/${await codeOf(page)}`;
  return renderedPages.has(pathname) ? `${SITE}/${locale}${pathname}` : null;
}

/** Whether the path is that of such a route itself, which only the proxy may choose. */
export function isSiteRoute(path: string): boolean {
  return path === SITE || path.startsWith(`${SITE}/`);
}
