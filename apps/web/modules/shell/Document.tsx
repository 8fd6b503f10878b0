import "@/app/globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Providers } from "@/app/providers";
import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";
import { ThemeScript } from "./ThemeScript";

/** What a root layout exports as its metadata. */
export function documentMetadata(locale: LocaleCode): Metadata {
  const { t } = localeOf(locale);
  return {
    title: { default: t("app_name"), template: `%s · ${t("app_name")}` },
    description: t("app_description"),
  };
}

export const viewport: Viewport = {
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#ffffff" },
    { media: "(prefers-color-scheme: dark)", color: "#101012" },
  ],
};

/**
 * The document in one language. Each root layout renders it, and finds the language in its own way: by the request, or
 * by the path where the page is prerendered.
 */
export function Document({ locale, children }: { locale: LocaleCode; children: ReactNode }) {
  return (
    // The theme's class is set by a script before React wakes up.
    <html lang={locale} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body className="min-h-dvh font-sans">
        <ThemeScript />
        <Providers locale={locale}>{children}</Providers>
      </body>
    </html>
  );
}
