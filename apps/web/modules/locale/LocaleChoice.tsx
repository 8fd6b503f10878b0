"use client";

import { useLocale } from "@calcom/lib/i18n";
import { LOCALES } from "@/lib/locale";
import { useChooseLocale } from "./useChooseLocale";

/** The languages side by side, for pages without a menu; each by the name that it has for itself. */
export function LocaleChoice() {
  const { t, locale } = useLocale();
  const choose = useChooseLocale();
  return (
    <fieldset className="flex gap-5 text-dense text-muted-foreground">
      <legend className="sr-only">{t("language")}</legend>
      {Object.entries(LOCALES).map(([code, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === locale}
          onClick={() => choose(code)}
          className="rounded-sm hover:text-foreground aria-pressed:font-medium aria-pressed:text-foreground"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
