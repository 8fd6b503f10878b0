import type { Metadata } from "next";
import { SessionProvider } from "@/app/providers";
import { getStaticTranslation } from "@/lib/i18n-server";
import { getSession } from "@/lib/session";
import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";
import { PricingPage } from "@/modules/marketing/PricingPage";
import { PricingQuestions } from "@/modules/marketing/PricingQuestions";

export async function generateMetadata(): Promise<Metadata> {
  const { t } = getStaticTranslation();
  return { title: t("pricing_title") };
}

export default async function Page() {
  const [{ t }, session] = await Promise.all([getStaticTranslation(), getSession()]);
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
      <PricingQuestions />
    </div>
  );
}
