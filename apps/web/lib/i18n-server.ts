import "server-only";
import type { Locale } from "@calcom/lib/i18n";
import { locale, t } from "./i18n";

/** The texts of `common.json` for server components, where hooks cannot be used. */
export async function getServerTranslation(): Promise<Locale> {
  return { t, locale };
}
