import type { Translate } from "@calcom/lib/i18n";
import { createInstance } from "i18next";
import common from "@/public/static/locales/en/common.json";

export const locale = "en";

const i18n = createInstance();
// Resolved when it returns, since nothing is fetched (`initAsync`).
void i18n.init({
  lng: locale,
  resources: { [locale]: { common } },
  defaultNS: "common",
  // Keys are flat, and their texts may hold both signs.
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  showSupportNotice: false,
  // React escapes.
  interpolation: { escapeValue: false },
});

/** The texts of `common.json`, on the server and in the browser alike. */
export const t: Translate = (key, values) => i18n.t(key, { ...values });
