import { teamOrderSchema } from "@calcom/features/billing";

/**
 * The address that a team's name suggests: what is left of it in lower-case letters, digits and hyphens. "Prototype", which
 * no address may be, → "prototype-team". Empty where nothing is left.
 */
export function slugOf(name: string): string {
  const slug = name
    .normalize("NFKD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 48)
    .replaceAll(/^-+|-+$/g, "");
  return slug === "" || teamOrderSchema.shape.slug.safeParse(slug).success ? slug : `${slug}-team`;
}
