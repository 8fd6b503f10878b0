import type { Metadata } from "next";
import type { ReactNode } from "react";
import { LOCALES } from "@/lib/locale";
import { MarketingFooter } from "@/modules/marketing/MarketingFooter";
import { MarketingHeader } from "@/modules/marketing/MarketingHeader";
import { type SiteParams, siteLocale } from "@/modules/marketing/site-params";
import { Document, documentMetadata, mainProps } from "@/modules/shell/Document";

export { viewport } from "@/modules/shell/Document";

interface SiteLayoutProps {
  params: Promise<SiteParams>;
  children: ReactNode;
}

export const generateStaticParams = () => Object.keys(LOCALES).map((locale) => ({ locale }));

export async function generateMetadata({ params }: SiteLayoutProps): Promise<Metadata> {
  return documentMetadata(await siteLocale(params));
}

/** Reads nothing of the request, so that pages below it can be prerendered: `proxy.ts` chooses the language. */
export default async function SiteLayout({ params, children }: SiteLayoutProps) {
  const locale = await siteLocale(params);
  return (
    <Document locale={locale}>
      <div className="flex min-h-dvh flex-col">
        <MarketingHeader locale={locale} />
        <main {...mainProps} className="mx-auto w-full max-w-[1120px] flex-1 px-4 focus:outline-none sm:px-6">
          {children}
        </main>
        <MarketingFooter locale={locale} />
      </div>
    </Document>
  );
}
