import type { Metadata } from "next";
import type { ReactNode } from "react";
import { getLocale } from "@/lib/i18n-server";
import { LocaleChoice } from "@/modules/locale/LocaleChoice";
import { Document, documentMetadata, mainProps } from "@/modules/shell/Document";
import { LocalizedThemeToggle } from "@/modules/shell/LocalizedThemeToggle";
import { Logo } from "@/modules/shell/Logo";

export { viewport } from "@/modules/shell/Document";

/** No search engine is to know what only a link opens. */
export async function generateMetadata(): Promise<Metadata> {
  return { ...documentMetadata(await getLocale()), robots: { index: false, follow: false } };
}

/** What people without an account may read by a link. It asks for no consent: nothing is kept or counted here. */
export default async function SharedLayout({ children }: { children: ReactNode }) {
  return (
    <Document locale={await getLocale()} isPlain>
      <div className="flex min-h-dvh flex-col">
        <header className="border-b print:hidden">
          <div className="mx-auto flex h-12 w-full max-w-5xl items-center justify-between px-4 sm:px-6">
            <Logo />
            <LocalizedThemeToggle />
          </div>
        </header>
        <main
          {...mainProps}
          className="mx-auto w-full max-w-5xl flex-1 px-4 py-6 focus:outline-none sm:px-6 sm:py-8 print:max-w-none print:p-0"
        >
          {children}
        </main>
        <footer className="mx-auto px-4 py-5 sm:px-6 print:hidden">
          <LocaleChoice />
        </footer>
      </div>
    </Document>
  );
}
