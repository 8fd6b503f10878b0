export interface NavLink {
  href: string;
  label: string;
  /** Everything below this path belongs to the link; its `href` where it is left out. */
  section?: string;
}

/** The one link that a path belongs to: of several that hold it, the narrowest. */
export function activeLink(links: readonly NavLink[], pathname: string): NavLink | undefined {
  return links
    .filter((link) => isBelow(sectionOf(link), pathname))
    .toSorted((a, b) => sectionOf(b).length - sectionOf(a).length)[0];
}

function sectionOf({ section, href }: NavLink): string {
  return section ?? href;
}

function isBelow(section: string, pathname: string): boolean {
  return pathname === section || pathname.startsWith(`${section}/`);
}
