"use client";

import { trackExperimentConversion, useExperiment } from "@calcom/features/experiments/hooks";
import { Button } from "@calcom/ui";
import { useSession } from "next-auth/react";

/** Stands in a form that leads to the order, so a click both counts and gets somewhere, scripts or not. */
export function BillingButton() {
  const session = useSession();
  const { variant, isLoading } = useExperiment("upgrade-button-test", {
    userId: session.data?.user.id,
  });

  if (isLoading) {
    return <Button>Manage Billing</Button>; // Default
  }

  const buttonText = variant === "urgent" ? "Upgrade Now!" : "Manage Billing";

  return (
    <Button
      onClick={() => {
        // Track conversion
        trackExperimentConversion("upgrade-button-test", variant, "deterministic", {
          conversionEvent: "billing_button_clicked",
        });
      }}
    >
      {buttonText}
    </Button>
  );
}
