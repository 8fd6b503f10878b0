"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Button } from "@calcom/ui";
import { useFormContext, useWatch } from "react-hook-form";
import type { Forecast } from "../../planning/types";
import { planQuestionSchema } from "../../types";
import { useFigures } from "../analytics/charts/useFigures";
import { type FormValues, toSettings } from "../form/form-values";
import { useSettled } from "../form/targeting/use-settled";
import { useFormat } from "../shared/useFormat";
import { usePlanningPort } from "./planning-port";
import { effectText, missingText, roughly } from "./words";

/** How long the experiment of the form would take, at the traffic of the last weeks. `isFixed` once it has started. */
export function ForecastPanel({ isFixed }: { isFixed: boolean }) {
  const { t } = useLocale();
  const port = usePlanningPort();
  const values = useWatch<FormValues>() as FormValues;
  const parsed = planQuestionSchema.safeParse(toSettings(values));
  const forecast = useSettled(port && parsed.success ? parsed.data : null, (question) =>
    port === null ? Promise.reject(new Error()) : port.forecast(question),
  );
  if (port === null) return null;
  return (
    <div className="grid gap-1" aria-live="polite">
      <h3 className="text-muted-foreground text-xs">{t("planning_how_long")}</h3>
      {forecast.status === "done" ? (
        <ForecastText forecast={forecast.value} isFixed={isFixed} />
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

function ForecastText({ forecast, isFixed }: { forecast: Forecast; isFixed: boolean }) {
  const { t } = useLocale();
  const format = useFormat();
  const figures = useFigures();
  const { setValue } = useFormContext<FormValues>();
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
          {!isFixed && (
            <Button
              type="button"
              variant="link"
              size="sm"
              className="h-auto p-0"
              onClick={() =>
                setValue("analysis.plannedSubjects", String(plan.units), {
                  shouldDirty: true,
                  shouldValidate: true,
                })
              }
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
      {weeks.length > 0 && (
        <table className="mt-1 w-full tabular-nums">
          <caption className="sr-only">{t("planning_reach_caption")}</caption>
          <thead className="text-muted-foreground text-xs">
            <tr>
              <th scope="col" className="py-0.5 text-left font-normal">
                {t("planning_after")}
              </th>
              <th scope="col" className="text-right font-normal">
                {t("experiment_subjects")}
              </th>
              <th scope="col" className="text-right font-normal">
                {t("planning_found_from")}
              </th>
            </tr>
          </thead>
          <tbody>
            {weeks.map((row) => (
              <tr key={row.weeks}>
                <th scope="row" className="py-0.5 text-left font-normal">
                  {t("planning_weeks", { count: row.weeks })}
                </th>
                <td className="text-right">{roughly(row.subjects, format)}</td>
                <td className="text-right">
                  {row.effect === null ? "–" : `±${effectText(row.effect, format)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
