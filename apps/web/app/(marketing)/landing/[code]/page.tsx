import { StaticExperiments } from "@/modules/experiments/StaticExperiments";
import { staticPages } from "@/modules/experiments/static-pages";
import { BookingPreview } from "@/modules/marketing/BookingPreview";
import { ClosingCall } from "@/modules/marketing/ClosingCall";
import { LandingPageHero } from "@/modules/marketing/LandingPageHero";
import { SelfHosting } from "@/modules/marketing/SelfHosting";
import { WhatItDoes } from "@/modules/marketing/WhatItDoes";

const page = staticPages["/"];

// The days that can be booked begin today.
export const revalidate = 3600;

export const generateStaticParams = () => page.commonCodes.map((code) => ({ code }));

/** The page at `/`, once per variant: `proxy.ts` chooses. */
export default async function LandingPage({ params }: { params: Promise<{ code: string }> }) {
  const { code } = await params;
  return (
    <StaticExperiments page={page} code={code}>
      <div className="grid items-center gap-x-12 gap-y-10 py-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:py-20">
        <LandingPageHero />
        <BookingPreview today={new Date().toISOString().slice(0, 10)} />
      </div>
      <WhatItDoes />
      <SelfHosting />
      <ClosingCall />
    </StaticExperiments>
  );
}
