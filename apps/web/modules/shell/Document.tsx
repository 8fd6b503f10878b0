import "@/app/globals.css";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { Providers } from "@/app/providers";
import { localeOf } from "@/lib/i18n-server";
import type { LocaleCode } from "@/lib/locale";
import { fontClasses } from "./fonts";
import { ThemeScript } from "./ThemeScript";

/** Where the content of a page begins, after what all pages have in common. */
export const mainProps = { id: "main", tabIndex: -1 } as const;

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

interface DocumentProps {
  locale: LocaleCode;
  /** It asks for no consent, and shows no tools of the site. */
  isPlain?: boolean;
  children: ReactNode;
}

/**
 * The document in one language. Each root layout renders it, and finds the language in its own way: by the request, or
 * by the path where the page is prerendered.
 */
export function Document({ locale, isPlain = false, children }: DocumentProps) {
  return (
    // The theme's class is set by a script before React wakes up.
    <html lang={locale} className={fontClasses} suppressHydrationWarning>
      <body className="min-h-dvh font-sans">
        <ThemeScript />
        <a
          href={`#${mainProps.id}`}
          className="sr-only focus-visible:not-sr-only focus-visible:fixed focus-visible:top-2 focus-visible:left-2 focus-visible:z-50 focus-visible:rounded-md focus-visible:border focus-visible:bg-background focus-visible:px-3 focus-visible:py-1.5 focus-visible:text-sm"
        >
          {localeOf(locale).t("skip_to_content")}
        </a>
        <Providers locale={locale} isPlain={isPlain}>
          {children}
        </Providers>
      </body>
    </html>
  );
}
