import "server-only";
import { knownSlugSchema } from "@calcom/features/experiments/types";
import { notFound } from "next/navigation";

/** The slug in a page's address. One that no row can have is a 404 like any that none has, and never reaches the database. */
export async function readSlug(params: Promise<{ slug: string }>): Promise<string> {
  const slug = knownSlugSchema.safeParse(decode((await params).slug));
  return slug.success ? slug.data : notFound();
}

function decode(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    // A percent sign that begins nothing.
    return null;
  }
}
