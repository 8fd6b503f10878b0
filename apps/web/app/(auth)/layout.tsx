import type { Metadata } from "next";
import type { ReactNode } from "react";
import { getLocale, localeOf } from "@/lib/i18n-server";
import { LocaleChoice } from "@/modules/locale/LocaleChoice";
import { Document, documentMetadata, mainProps } from "@/modules/shell/Document";
import { LocalizedThemeToggle } from "@/modules/shell/LocalizedThemeToggle";
import { Logo } from "@/modules/shell/Logo";

export { viewport } from "@/modules/shell/Document";

export async function generateMetadata(): Promise<Metadata> {
  return documentMetadata(await getLocale());
}

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const { t } = localeOf(locale);
  return (
    <Document locale={locale}>
      <div className="flex min-h-dvh flex-col">
        <header className="flex h-12 items-center justify-between px-4 sm:px-6">
          <a href="/" aria-label={t("nav_home")} className="flex rounded-md">
            <Logo />
          </a>
          <LocalizedThemeToggle />
        </header>
        <main
          {...mainProps}
          className="mx-auto w-full max-w-[392px] flex-1 px-4 pt-[10vh] pb-16 focus:outline-none"
        >
          {children}
        </main>
        <footer className="mx-auto px-4 py-5 sm:px-6">
          <LocaleChoice />
        </footer>
      </div>
    </Document>
  );
}
