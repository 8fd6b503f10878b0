"use server";

import { cookies } from "next/headers";
import { cookieOptions } from "@/lib/cookie-options";
import { LOCALE_COOKIE, toLocale } from "@/lib/locale";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language in this browser. Whatever is no language of ours is ignored. */
export async function chooseLocale(locale: unknown): Promise<void> {
  const chosen = typeof locale === "string" ? toLocale(locale) : null;
  if (chosen === null) return;
  (await cookies()).set(LOCALE_COOKIE, chosen, {
    ...cookieOptions(),
    maxAge: A_YEAR_SECONDS,
    httpOnly: true,
  });
}
