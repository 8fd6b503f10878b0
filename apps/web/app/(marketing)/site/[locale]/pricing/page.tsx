import { isDatabaseAway } from "@calcom/lib/sql";
import type { Metadata } from "next";
import type { Session } from "next-auth";
import { SessionProvider } from "@/app/providers";
import { localeOf } from "@/lib/i18n-server";
import { getSession } from "@/lib/session";
import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";
import { PricingPage } from "@/modules/marketing/PricingPage";
import { PricingQuestions } from "@/modules/marketing/PricingQuestions";
import { type SiteParams, siteLocale } from "@/modules/marketing/site-params";

interface SitePageProps {
  params: Promise<SiteParams>;
}

export async function generateMetadata({ params }: SitePageProps): Promise<Metadata> {
  const { t } = localeOf(await siteLocale(params));
  return { title: t("pricing_title") };
}

export default async function Page({ params }: SitePageProps) {
  const [locale, session] = await Promise.all([siteLocale(params), readSession()]);
  const { t } = localeOf(locale);
  return (
    <div className="py-10 lg:py-16">
      <header className="mb-8 lg:mb-10">
        <h1 className="font-semibold text-3xl tracking-[-0.02em]">{t("pricing_title")}</h1>
        <p className="mt-2 max-w-[56ch] text-pretty text-base text-muted-foreground">{t("pricing_lede")}</p>
      </header>
      <ExperimentProvider slugs={["pricing-tiers"]}>
        <SessionProvider session={session}>
          <PricingPage />
        </SessionProvider>
      </ExperimentProvider>
      <PricingQuestions locale={locale} />
    </div>
  );
}

/** The page is public, so a session that cannot be checked right now does not stop anybody from reading it. */
async function readSession(): Promise<Session | null> {
  try {
    return await getSession();
  } catch (error) {
    if (isDatabaseAway(error)) return null;
    throw error;
  }
}
