"use client";

import { useExperiment } from "@calcom/features/experiments/hooks";
import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { useSession } from "next-auth/react";
import type { PlanColumn } from "./plan-features";

const SALES = "mailto:sales@example.com";

/** Where a plan is chosen; the choice counts for the prices that stand above it. */
export function PlanLink({ plan }: { plan: PlanColumn }) {
  const { t } = useLocale();
  const isSignedIn = useSession().status === "authenticated";
  const { trackConversion } = useExperiment("pricing-tiers");
  return (
    <Button asChild variant={plan === "teams" ? "default" : "outline"}>
      {/* Under other root layouts, which are loaded whole: a Link would ask in vain first. */}
      <a href={hrefOf(plan, isSignedIn)} onClick={() => trackConversion("plan_chosen", { key: plan })}>
        {t(`pricing_choose_${plan}`)}
      </a>
    </Button>
  );
}

function hrefOf(plan: PlanColumn, isSignedIn: boolean): string {
  if (plan === "organization") return SALES;
  if (plan === "individual") return isSignedIn ? "/settings/billing" : "/signup";
  const order = "/settings/billing/upgrade";
  return isSignedIn ? order : `/signup?callbackUrl=${encodeURIComponent(order)}`;
}
