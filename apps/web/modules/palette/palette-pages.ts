export interface PalettePage {
  href: string;
  /** The key of its name. */
  name: string;
  isCommand?: boolean;
}

export interface PaletteRights {
  /** With experiments. */
  permissions: readonly string[];
  isAdministrator: boolean;
}

const EXPERIMENTS = "/settings/admin/experiments";
const FLAGS = "/settings/admin/flags";

/** Where somebody with these rights can go, and what they can make there. */
export function listPages({ permissions, isAdministrator }: PaletteRights): PalettePage[] {
  const may = (permission: "edit" | "govern") => permissions.includes(permission);
  const pages: [isThere: boolean, page: PalettePage][] = [
    [true, { href: EXPERIMENTS, name: "experiments" }],
    [true, { href: `${EXPERIMENTS}?attention=1`, name: "needs_attention" }],
    [true, { href: `${EXPERIMENTS}/-/people`, name: "person_lookup" }],
    [true, { href: `${EXPERIMENTS}/-/metrics`, name: "metrics" }],
    [true, { href: `${EXPERIMENTS}/-/calendar`, name: "calendar" }],
    [true, { href: `${EXPERIMENTS}/-/checklist`, name: "checklist" }],
    [true, { href: `${EXPERIMENTS}/activity`, name: "activity" }],
    [may("govern"), { href: `${EXPERIMENTS}/people`, name: "people" }],
    [isAdministrator, { href: FLAGS, name: "nav_flags" }],
    [true, { href: "/settings/profile", name: "nav_profile" }],
    [true, { href: "/settings/security", name: "nav_security" }],
    [true, { href: "/settings/billing", name: "nav_billing" }],
    [may("edit"), { href: `${EXPERIMENTS}/new`, name: "experiment_new", isCommand: true }],
    [may("edit"), { href: `${EXPERIMENTS}/-/metrics/new`, name: "metric_new", isCommand: true }],
    [isAdministrator, { href: `${FLAGS}?new=1`, name: "flag_new", isCommand: true }],
  ];
  return pages.filter(([isThere]) => isThere).map(([, page]) => page);
}

/** Whether each word that was typed is in one of the texts, whatever its case and accents. */
export function matches(query: string, ...texts: string[]): boolean {
  const within = plain(texts.join(" "));
  return plain(query)
    .split(/\s+/)
    .every((word) => within.includes(word));
}

function plain(text: string): string {
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
}
