"use client";

import { useVisitorExperiment } from "@calcom/features/experiments/hooks";
import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";

/** Leads to the sign-up, and counts for whichever headline stands above it. */
export function GetStarted() {
  const { t } = useLocale();
  const { trackConversion } = useVisitorExperiment("landing-hero-test");
  return (
    <Button asChild className="h-9 px-4">
      {/* Under another root layout, which is loaded whole: a Link would ask in vain first. */}
      <a href="/signup" onClick={() => trackConversion("get_started_clicked")}>
        {t("landing_get_started")}
      </a>
    </Button>
  );
}
