import "./globals.css";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { getStaticTranslation } from "@/lib/i18n-server";
import { Providers } from "./providers";

export function generateMetadata(): Metadata {
  const { t } = getStaticTranslation();
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

/** Static: reading cookies or headers here would make every page of the app dynamic. */
export default function RootLayout({ children }: { children: ReactNode }) {
  const { locale } = getStaticTranslation();
  return (
    // The theme's class is set by a script before React wakes up.
    <html lang={locale} className={`${GeistSans.variable} ${GeistMono.variable}`} suppressHydrationWarning>
      <body className="min-h-dvh font-sans">
        <Providers>{children}</Providers>
      </body>
    </html>
  );
}
