"use client";

import { LocaleProvider } from "@calcom/lib/i18n";
import { type ReactNode, useEffect, useMemo } from "react";
import { type LocaleCode, localeOf } from "@/lib/i18n";

/** Carries a language to everything below: the innermost one wins. */
export function AppLocale({ locale, children }: { locale: LocaleCode; children: ReactNode }) {
  const texts = useMemo(() => localeOf(locale), [locale]);
  // The frame of the document is prerendered; what a screen reader goes by is set as soon as it is known.
  useEffect(() => {
    const { lang } = document.documentElement;
    document.documentElement.lang = locale;
    return () => {
      document.documentElement.lang = lang;
    };
  }, [locale]);
  return <LocaleProvider {...texts}>{children}</LocaleProvider>;
}
