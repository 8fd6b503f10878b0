/** The name of each language in that language. */
export const LOCALES = { en: "English", de: "Deutsch" } as const;
export type LocaleCode = keyof typeof LOCALES;
export const DEFAULT_LOCALE: LocaleCode = "en";
export const LOCALE_COOKIE = "calcom_locale";

/** The language that somebody has chosen, otherwise the one that their browser asks for. */
export function localeFor(cookie: string | undefined, acceptLanguage: string | null | undefined): LocaleCode {
  return toLocale(cookie) ?? preferredLocale(acceptLanguage);
}

export function toLocale(text: string | null | undefined): LocaleCode | null {
  return text != null && Object.hasOwn(LOCALES, text) ? (text as LocaleCode) : null;
}

/** The first language of an `Accept-Language` header that there are texts for, by the weights that it gives. */
export function preferredLocale(header: string | null | undefined): LocaleCode {
  const wishes = (header ?? "").split(",").map((wish) => {
    const [tag = "", ...parameters] = wish.split(";");
    const weight = Number(/^\s*q=([0-9.]+)/.exec(parameters[0] ?? "")?.[1] ?? 1);
    return { locale: toLocale(tag.trim().toLowerCase().split("-")[0]), weight };
  });
  const [best] = wishes
    .filter(({ locale, weight }) => locale !== null && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return best?.locale ?? DEFAULT_LOCALE;
}
