import { slugSchema } from "../../types/names";

const MAX_CHARS = 64;

/**
 * "Größerer Button (v2)" → "grosserer-button-v2"; "New", which is a page of the admin, → "new-experiment". May be empty,
 * where a name has no letter that can be written so.
 */
export function slugFromName(name: string): string {
  const slug = name
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_CHARS)
    .replace(/^-+|-+$/g, "");
  return slug === "" || slugSchema.safeParse(slug).success ? slug : `${slug}-experiment`;
}
