"use client";

import { useExperiment } from "@calcom/features/experiments/hooks";
import { useSession } from "next-auth/react";
import { PricingTable } from "./PricingTable";

export function PricingPage() {
  const session = useSession();
  const { variant } = useExperiment("pricing-tiers", {
    userId: session.data?.user.id,
  });

  const pricing = {
    control: { individual: 10, teams: 20 },
    "variant-a": { individual: 12, teams: 24 },
    "variant-b": { individual: 8, teams: 16 },
  }[variant || "control"];

  return <PricingTable prices={pricing} />;
}
