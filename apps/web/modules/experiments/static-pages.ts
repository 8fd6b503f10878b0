import { type StaticPage, staticPage } from "./static-page";

/**
 * The paths whose pages are static. Each has its route in `app/**<folder>/[code]/page.tsx`, and its folder is in the
 * matcher of `proxy.ts`.
 */
export const staticPages: Readonly<Partial<Record<string, StaticPage>>> & { "/": StaticPage } = {
  "/": staticPage("/landing", { "landing-hero-test": ["control", "benefit-focused"] }),
};

/** Whether the path leads to one of the prerendered pages itself, which only the proxy may choose. */
export function isInStaticFolder(path: string): boolean {
  return Object.values(staticPages).some(
    (page) => page && (path === page.folder || path.startsWith(`${page.folder}/`)),
  );
}
