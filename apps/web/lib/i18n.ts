import type { Locale, Translate } from "@calcom/lib/i18n";
import { createInstance, type i18n } from "i18next";
import german from "@/public/static/locales/de/common.json";
import germanRefusals from "@/public/static/locales/de/refusals.json";
import english from "@/public/static/locales/en/common.json";

/** What is refused is refused in English, and those sentences are the keys of their translations: see `Sentence`. */
const texts = { en: english, de: { ...german, ...germanRefusals } };
export type LocaleCode = keyof typeof texts;
/** What each language calls itself. */
export const LOCALES: Record<LocaleCode, string> = { en: "English", de: "Deutsch" };
export const DEFAULT_LOCALE: LocaleCode = "en";
export const LOCALE_COOKIE = "calcom_locale";

const instances = new Map<LocaleCode, i18n>();

/** The texts of a language's `common.json`, on the server and in the browser alike. */
export function localeOf(locale: LocaleCode): Locale {
  const instance = instanceOf(locale);
  // What somebody typed may end up in a key that is missing, and shows as it is.
  const t: Translate = (key, values) => (instance.exists(key, values) ? instance.t(key, { ...values }) : key);
  return { t, locale };
}

export function toLocale(text: string | null | undefined): LocaleCode | null {
  return text != null && Object.hasOwn(texts, text) ? (text as LocaleCode) : null;
}

/** The first language of an `Accept-Language` header that there are texts for, by the weights that it gives. */
export function preferredLocale(header: string | null): LocaleCode {
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

function instanceOf(locale: LocaleCode): i18n {
  const known = instances.get(locale);
  if (known !== undefined) return known;
  const instance = createInstance();
  // Resolved when it returns, since nothing is fetched (`initAsync`).
  void instance.init({
    lng: locale,
    resources: { [locale]: { common: texts[locale] } },
    defaultNS: "common",
    // Keys are flat, and their texts may hold both signs.
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    showSupportNotice: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
  instances.set(locale, instance);
  return instance;
}
