"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  DropdownMenuGroup,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
} from "@calcom/ui";
import { LOCALES } from "@/lib/locale";
import { useChooseLocale } from "./useChooseLocale";

/** The languages, in a menu; each by the name that it has for itself. */
export function LocaleItems() {
  const { t, locale } = useLocale();
  const choose = useChooseLocale();
  return (
    <DropdownMenuGroup>
      <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup value={locale} onValueChange={choose}>
        {Object.entries(LOCALES).map(([code, name]) => (
          <DropdownMenuRadioItem key={code} value={code} lang={code}>
            {name}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </DropdownMenuGroup>
  );
}
