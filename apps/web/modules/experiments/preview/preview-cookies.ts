import "server-only";
import { PREVIEW_COOKIE, PREVIEW_MARK_COOKIE } from "@calcom/features/experiments";
import type { PreviewService, Viewer } from "@calcom/features/experiments/server";
import { cookies } from "next/headers";
import { cookieOptions } from "@/lib/cookie-options";
import { getSessionToWrite } from "@/lib/session";

/** Whoever is at this browser now. */
export async function currentViewer(): Promise<Viewer> {
  const [jar, session] = await Promise.all([cookies(), getSessionToWrite()]);
  return { userId: session?.userId ?? null, cookie: jar.get(PREVIEW_COOKIE)?.value };
}

/** For route handlers. Without an age: the browser's session ends the preview, at the latest. */
export async function keepPreviews(cookie: string): Promise<void> {
  const jar = await cookies();
  jar.set(PREVIEW_COOKIE, cookie, { ...cookieOptions(), httpOnly: true });
  // Pages are prerendered, and their scripts cannot see the other one: it tells them to ask what is previewed.
  jar.set(PREVIEW_MARK_COOKIE, "1", cookieOptions());
}

export async function dropPreviews(): Promise<void> {
  const jar = await cookies();
  for (const name of [PREVIEW_COOKIE, PREVIEW_MARK_COOKIE]) if (jar.has(name)) jar.delete(name);
}

/** What leaves the server: whose a preview is does not. */
export function shownPreviews(previews: Awaited<ReturnType<PreviewService["current"]>>) {
  return previews.map(({ slug, variant, expiresAt }) => ({ slug, variant, expiresAt }));
}
