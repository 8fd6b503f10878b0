import { StaticExperiments } from "@/modules/experiments/StaticExperiments";
import { staticPages } from "@/modules/experiments/static-pages";
import { BookingPreview } from "@/modules/marketing/BookingPreview";
import { ClosingCall } from "@/modules/marketing/ClosingCall";
import { LandingPageHero } from "@/modules/marketing/LandingPageHero";
import { SelfHosting } from "@/modules/marketing/SelfHosting";
import { type SiteParams, siteLocale } from "@/modules/marketing/site-params";
import { WhatItDoes } from "@/modules/marketing/WhatItDoes";

const page = staticPages["/"];

// The days that can be booked begin today.
export const revalidate = 3600;

export const generateStaticParams = () => page.commonCodes.map((code) => ({ code }));

/** The page at `/`, once per language and variant: `proxy.ts` chooses. */
export default async function LandingPage({ params }: { params: Promise<SiteParams & { code: string }> }) {
  const [{ code }, locale] = await Promise.all([params, siteLocale(params)]);
  return (
    <StaticExperiments page={page} code={code}>
      <div className="grid items-center gap-x-12 gap-y-10 py-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:items-start lg:py-20">
        <LandingPageHero />
        <BookingPreview today={new Date().toISOString().slice(0, 10)} />
      </div>
      <WhatItDoes locale={locale} />
      <SelfHosting locale={locale} />
      <ClosingCall locale={locale} />
    </StaticExperiments>
  );
}
