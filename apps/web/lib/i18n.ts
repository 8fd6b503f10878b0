import type { Locale, Translate } from "@calcom/lib/i18n";
import { createInstance } from "i18next";
import type { LocaleCode } from "./locale";

/** Reads the texts of one language, on the server and in the browser alike. */
export function createLocale(locale: LocaleCode, texts: Readonly<Record<string, string>>): Locale {
  const instance = createInstance();
  // Resolved when it returns, since nothing is fetched (`initAsync`).
  void instance.init({
    lng: locale,
    resources: { [locale]: { common: texts } },
    defaultNS: "common",
    // Keys are flat, and their texts may hold both signs.
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    showSupportNotice: false,
    // React escapes.
    interpolation: { escapeValue: false },
  });
  // What somebody typed may end up in a key that is missing, and shows as it is.
  const t: Translate = (key, values) => (instance.exists(key, values) ? instance.t(key, { ...values }) : key);
  return { t, locale };
}
