import { ExperimentProvider } from "@/modules/experiments/ExperimentProvider";
import { BookingPreview } from "@/modules/marketing/BookingPreview";
import { ClosingCall } from "@/modules/marketing/ClosingCall";
import { LandingPageHero } from "@/modules/marketing/LandingPageHero";
import { SelfHosting } from "@/modules/marketing/SelfHosting";
import { WhatItDoes } from "@/modules/marketing/WhatItDoes";

export default function LandingPage() {
  return (
    <ExperimentProvider slugs={["landing-hero-test"]}>
      <div className="grid items-center gap-x-12 gap-y-10 py-12 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] lg:py-20">
        <LandingPageHero />
        <BookingPreview today={new Date().toISOString().slice(0, 10)} />
      </div>
      <WhatItDoes />
      <SelfHosting />
      <ClosingCall />
    </ExperimentProvider>
  );
}
