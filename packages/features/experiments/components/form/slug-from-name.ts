const MAX_CHARS = 64;

/** "Größerer Button (v2)" → "grosserer-button-v2". May be empty, where a name has no letter that can be written so. */
export function slugFromName(name: string): string {
  return name
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_CHARS)
    .replace(/^-+|-+$/g, "");
}
