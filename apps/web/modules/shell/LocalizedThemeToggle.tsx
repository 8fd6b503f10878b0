"use client";

import { useLocale } from "@calcom/lib/i18n";
import { ThemeToggle, type ThemeToggleProps } from "@calcom/ui";

export function LocalizedThemeToggle(props: ThemeToggleProps) {
  const { t } = useLocale();
  return (
    <ThemeToggle
      label={t("theme")}
      lightLabel={t("theme_light")}
      darkLabel={t("theme_dark")}
      systemLabel={t("theme_system")}
      {...props}
    />
  );
}
