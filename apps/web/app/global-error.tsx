"use client";

import "./globals.css";

import { useState } from "react";
import { DEFAULT_LOCALE, type LocaleCode, preferredLocale, toLocale } from "@/lib/locale";
import { LocaleButtons } from "@/modules/locale/LocaleButtons";
import { fontClasses } from "@/modules/shell/fonts";
import german from "@/public/static/locales/de/failure.json";
import english from "@/public/static/locales/en/failure.json";

const texts: Record<LocaleCode, typeof english> = { en: english, de: german };

interface GlobalErrorProps {
  error: Error & { digest?: string };
}

/**
 * Where even the root layout failed: no provider is left, so it needs none. It may be that nothing can be loaded any
 * more, so every browser has these few texts in all languages.
 */
export default function GlobalError({ error }: GlobalErrorProps) {
  const [locale, setLocale] = useState(localeOfBrowser);
  const t = (key: keyof typeof english) => texts[locale][key];
  return (
    <html lang={locale} className={fontClasses}>
      <body className="flex min-h-dvh flex-col font-sans">
        <main className="mx-auto flex w-full max-w-page flex-col gap-2 px-4 py-4 sm:px-6 sm:py-8">
          <p className="font-mono text-dense text-muted-foreground">{error.digest ?? "500"}</p>
          <h1 className="font-semibold text-xl tracking-tight">{t("error_page_title")}</h1>
          <p className="max-w-prose text-pretty text-muted-foreground">{t("error_page_description")}</p>
          {/* A full load on purpose: the router may be what broke. */}
          <a href="/" className="mt-4 w-fit underline underline-offset-4">
            {t("back_to_start")}
          </a>
        </main>
        <footer className="mx-auto mt-auto px-4 py-5 sm:px-6 print:hidden">
          {/* Of this page alone: the server may not be there to remember it. */}
          <LocaleButtons label={t("language")} locale={locale} onChoose={setLocale} />
        </footer>
      </body>
    </html>
  );
}

/** That of the page that failed, where it came so far. */
function localeOfBrowser(): LocaleCode {
  if (typeof document === "undefined") return DEFAULT_LOCALE;
  return toLocale(document.documentElement.lang) ?? preferredLocale(navigator.languages.join());
}
