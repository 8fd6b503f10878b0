"use server";

import { env } from "@calcom/lib/env";
import { cookies } from "next/headers";
import { LOCALE_COOKIE, toLocale } from "@/lib/locale";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers the language in this browser. Whatever is no language of ours is ignored. */
export async function chooseLocale(locale: unknown): Promise<void> {
  const chosen = typeof locale === "string" ? toLocale(locale) : null;
  if (chosen === null) return;
  (await cookies()).set(LOCALE_COOKIE, chosen, {
    maxAge: A_YEAR_SECONDS,
    path: "/",
    sameSite: "lax",
    httpOnly: true,
    secure: env().NEXTAUTH_URL.startsWith("https:"),
  });
}
