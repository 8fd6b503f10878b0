import "server-only";
import type { Locale } from "@calcom/lib/i18n";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import { DEFAULT_LOCALE, LOCALE_COOKIE, type LocaleCode, localeOf, preferredLocale, toLocale } from "./i18n";

/** The language that the person has chosen, else the one that the browser asks for. Reads the request: pages become dynamic. */
export const getLocale = cache(async (): Promise<LocaleCode> => {
  const chosen = toLocale((await cookies()).get(LOCALE_COOKIE)?.value);
  return chosen ?? preferredLocale((await headers()).get("accept-language"));
});

/** The texts for server components, where hooks cannot be used. */
export async function getServerTranslation(): Promise<Locale> {
  return localeOf(await getLocale());
}

/** The same for pages that are prerendered, before anybody has asked for a language. */
export function getStaticTranslation(): Locale {
  return localeOf(DEFAULT_LOCALE);
}
