"use server";

import { cookies } from "next/headers";
import { toLocale } from "@/lib/locale";
import { ownCookies, replaceCookie } from "@/lib/own-cookies";

/** Remembers the language in this browser. Whatever is no language of ours is ignored. */
export async function chooseLocale(locale: unknown): Promise<void> {
  const chosen = typeof locale === "string" ? toLocale(locale) : null;
  if (chosen === null) return;
  replaceCookie(await cookies(), ownCookies.locale, chosen);
}
