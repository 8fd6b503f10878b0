"use client";

import { useVisitorExperiment } from "@calcom/features/experiments/hooks";
import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import Link from "next/link";
import { GetStarted } from "./GetStarted";

export function LandingPageHero() {
  const { t } = useLocale();
  const { variant, isLoading } = useVisitorExperiment("landing-hero-test");

  const headline =
    variant === "benefit-focused" ? t("landing_headline_benefit_focused") : t("landing_headline_control");

  return (
    // Not centred beside the preview: while that is parsed on a slow device, the text would move.
    <div className="flex flex-col items-start gap-5 lg:pt-14">
      <h1
        aria-busy={isLoading}
        className="max-w-[14ch] text-balance font-semibold text-4xl leading-[1.08] tracking-[-0.03em] sm:text-5xl"
      >
        {headline}
      </h1>
      <p className="max-w-[46ch] text-pretty text-base text-muted-foreground">{t("landing_lede")}</p>
      <div className="flex flex-wrap items-center gap-2 pt-1">
        <GetStarted />
        <Button asChild variant="outline" className="h-9 px-4">
          <Link href="/pricing">{t("landing_see_pricing")}</Link>
        </Button>
      </div>
      <p className="text-dense text-muted-foreground">{t("landing_hero_note")}</p>
    </div>
  );
}
