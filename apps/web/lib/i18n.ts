import type { Locale, Translate } from "@calcom/lib/i18n";
import { createInstance } from "i18next";
import type { LocaleCode } from "./locale";

/** Reads the texts of one language, on the server and in the browser alike. */
export function createLocale(locale: LocaleCode, texts: Readonly<Record<string, string>>): Locale {
  const instance = createInstance();
  // Ready when this returns, because nothing is fetched (`initAsync`).
  void instance.init({
    lng: locale,
    resources: { [locale]: { common: texts } },
    defaultNS: "common",
    // Keys are flat, and texts may contain both separators.
    keySeparator: false,
    nsSeparator: false,
    initAsync: false,
    showSupportNotice: false,
    // React escapes already.
    interpolation: { escapeValue: false },
  });
  // A missing key is shown as it is, and may contain what somebody typed.
  const t: Translate = (key, values) => (instance.exists(key, values) ? instance.t(key, { ...values }) : key);
  return { t, locale };
}
