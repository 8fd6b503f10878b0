import "server-only";
import type { PreviewService, Viewer } from "@calcom/features/experiments/server";
import { cookies } from "next/headers";
import { dropCookie, ownCookies, readValue, replaceCookie } from "@/lib/own-cookies";
import { getSessionToWrite } from "@/lib/session";

/** Whoever is at this browser now. */
export async function currentViewer(): Promise<Viewer> {
  const [jar, session] = await Promise.all([cookies(), getSessionToWrite()]);
  return { userId: session?.userId ?? null, cookie: readValue(jar, ownCookies.preview) };
}

/** For route handlers. Without an age: the browser's session ends the preview, at the latest. */
export async function keepPreviews(cookie: string): Promise<void> {
  const jar = await cookies();
  replaceCookie(jar, ownCookies.preview, cookie);
  replaceCookie(jar, ownCookies.previewMark, "1");
}

export async function dropPreviews(): Promise<void> {
  const jar = await cookies();
  for (const cookie of [ownCookies.preview, ownCookies.previewMark]) dropCookie(jar, cookie);
}

/** What leaves the server: whose a preview is does not. */
export function shownPreviews(previews: Awaited<ReturnType<PreviewService["current"]>>) {
  return previews.map(({ slug, variant, expiresAt }) => ({ slug, variant, expiresAt }));
}
