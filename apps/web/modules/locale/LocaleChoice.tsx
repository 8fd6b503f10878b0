"use client";

import { useLocale } from "@calcom/lib/i18n";
import { LocaleButtons } from "./LocaleButtons";
import { useChooseLocale } from "./useChooseLocale";

/** For pages without a menu; the choice is remembered. */
export function LocaleChoice() {
  const { t, locale } = useLocale();
  const choose = useChooseLocale();
  return <LocaleButtons label={t("language")} locale={locale} onChoose={choose} />;
}
