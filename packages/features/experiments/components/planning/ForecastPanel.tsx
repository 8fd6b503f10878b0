"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import type { Forecast, PlanQuestion } from "../../planning/types";
import { useFigures } from "../analytics/charts/useFigures";
import { useSettled } from "../form/targeting/use-settled";
import { useFormat } from "../shared/useFormat";
import { usePlanningPort } from "./planning-port";
import { ReachTable } from "./ReachTable";
import { effectText, missingText, roughly } from "./words";

interface ForecastPanelProps {
  /** The settings that say it; null where they are not complete. */
  question: PlanQuestion | null;
  /** Plans for that many subjects, where there still is something to plan. */
  onPlan?: (subjects: number) => void;
}

/** How long an experiment of these settings would take, at the traffic of the last weeks. */
export function ForecastPanel({ question, onPlan }: ForecastPanelProps) {
  const { t } = useLocale();
  const port = usePlanningPort();
  const forecast = useSettled(port === null ? null : question, (asked) =>
    port === null ? Promise.reject(new Error()) : port.forecast(asked),
  );
  if (port === null) return null;
  return (
    <div className="grid gap-1" aria-live="polite">
      <h3 className="text-muted-foreground text-xs">{t("planning_how_long")}</h3>
      {forecast.status === "done" ? (
        <ForecastText forecast={forecast.value} onPlan={onPlan} />
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

interface ForecastTextProps {
  forecast: Forecast;
  onPlan: ForecastPanelProps["onPlan"];
}

function ForecastText({ forecast, onPlan }: ForecastTextProps) {
  const { t } = useLocale();
  const format = useFormat();
  const figures = useFigures();
  const { perWeek, precedent, metric, baseline, plan, reach, missing, minimumEffect, windowDays } = forecast;
  const weeks = reach.filter((row) => row.effect !== null && [2, 4, 8].includes(row.weeks));
  return (
    <>
      {perWeek !== null && precedent !== null && (
        <p>{t("planning_per_week", { count: roughly(perWeek, format), name: precedent.name })}</p>
      )}
      {metric !== null && baseline !== null && (
        <p>{t("planning_baseline", { metric: metric.name, value: figures.value(baseline.value, metric) })}</p>
      )}
      {missing !== null && <p className="text-pretty text-muted-foreground">{missingText(missing, t)}</p>}
      {plan?.status === "planned" && minimumEffect !== null && (
        <p className="text-pretty">
          {t("planning_takes", {
            effect: effectText(minimumEffect, format),
            weeks: t("planning_weeks", { count: plan.weeks }),
            subjects: roughly(plan.units, format),
          })}{" "}
          {onPlan && (
            <Button
              type="button"
              variant="link"
              size="sm"
              className="h-auto p-0"
              onClick={() => onPlan(plan.units)}
            >
              {t("planning_use")}
            </Button>
          )}
        </p>
      )}
      {plan?.status === "impossible" && plan.reason.code === "does_not_fit" && minimumEffect !== null && (
        <p className="text-pretty">
          {t("planning_too_long", {
            effect: effectText(minimumEffect, format),
            weeks: t("planning_weeks", { count: plan.reason.weeksNeeded }),
          })}
        </p>
      )}
      {missing === null && weeks.length === 0 && (
        <p className="text-pretty">
          {t("planning_reaches_nothing", { weeks: t("planning_weeks", { count: 12 }) })}
        </p>
      )}
      {missing === null && (
        <p className="text-pretty text-muted-foreground">{t("planning_window", { count: windowDays })}</p>
      )}
      {weeks.length > 0 && <ReachTable weeks={weeks} />}
    </>
  );
}
