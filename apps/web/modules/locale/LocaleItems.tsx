"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  DropdownMenuGroup,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
} from "@calcom/ui";
import { useRouter } from "next/navigation";
import { LOCALES } from "@/lib/i18n";
import { chooseLocale } from "./choose-locale";

/** The languages, in a menu; each by the name that it has for itself. */
export function LocaleItems() {
  const { t, locale } = useLocale();
  const router = useRouter();
  return (
    <DropdownMenuGroup>
      <DropdownMenuLabel>{t("language")}</DropdownMenuLabel>
      <DropdownMenuRadioGroup
        value={locale}
        onValueChange={async (next) => {
          await chooseLocale(next);
          router.refresh();
        }}
      >
        {Object.entries(LOCALES).map(([code, name]) => (
          <DropdownMenuRadioItem key={code} value={code} lang={code}>
            {name}
          </DropdownMenuRadioItem>
        ))}
      </DropdownMenuRadioGroup>
    </DropdownMenuGroup>
  );
}
