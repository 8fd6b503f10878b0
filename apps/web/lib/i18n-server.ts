import "server-only";
import type { Locale } from "@calcom/lib/i18n";
import { cookies, headers } from "next/headers";
import { cache } from "react";
import english from "./languages/english";
import german from "./languages/german";
import { type LocaleCode, localeFor } from "./locale";
import { ownCookies, readValue } from "./own-cookies";

const languages: Record<LocaleCode, Locale> = { en: english, de: german };

/** The language of the person who asks. It reads the request, which makes a page dynamic. */
export const getLocale = cache(async (): Promise<LocaleCode> => {
  const [jar, asked] = await Promise.all([cookies(), headers()]);
  return localeFor(readValue(jar, ownCookies.locale), asked.get("accept-language"));
});

/** The texts for server components, where hooks cannot be used. */
export async function getServerTranslation(): Promise<Locale> {
  return localeOf(await getLocale());
}

/** The texts in a language that is known otherwise, such as from the path of a prerendered page. */
export function localeOf(locale: LocaleCode): Locale {
  return languages[locale];
}
