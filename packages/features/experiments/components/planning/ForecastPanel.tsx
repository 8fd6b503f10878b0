"use client";

import { useLocale } from "@calcom/lib/i18n";
import { useState } from "react";
import type { Forecast } from "../../types/planning";
import type { Settled } from "../form/targeting/use-settled";
import { ForecastText, type ForecastTextProps } from "./ForecastText";
import { usePlanningPort } from "./planning-port";

interface ForecastPanelProps extends Omit<ForecastTextProps, "forecast" | "isOpen" | "onOpen"> {
  forecast: Settled<Forecast>;
}

/** What the start of an experiment would freeze, what that finds and how long it takes, at the traffic of the last weeks. */
export function ForecastPanel({ forecast, ...rest }: ForecastPanelProps) {
  const { t } = useLocale();
  const port = usePlanningPort();
  // Kept here: each change of the settings asks for another forecast.
  const [isOpen, setOpen] = useState(false);
  if (port === null) return null;
  return (
    <div className="grid gap-1" aria-live="polite">
      <h3 className="text-muted-foreground text-xs">{t("planning_how_long")}</h3>
      {forecast.status === "done" ? (
        <ForecastText forecast={forecast.value} isOpen={isOpen} onOpen={setOpen} {...rest} />
      ) : (
        <p className="text-muted-foreground">
          {forecast.status === "failed"
            ? t("planning_failed", { reason: forecast.message })
            : t(forecast.status === "idle" ? "planning_after_mending" : "planning_under_way")}
        </p>
      )}
    </div>
  );
}
