"use client";

import { type Translate, useLocale } from "@calcom/lib/i18n";
import { cn, Disclosure } from "@calcom/ui";
import type { Forecast, FrozenPlan } from "../../types/planning";
import type { Unit } from "../../types/settings";
import { useFigures } from "../analytics/charts/useFigures";
import { markedName } from "../analytics/words";
import { type Format, useFormat } from "../shared/useFormat";
import { unitCountKeys } from "../shared/words";
import { PlanButton } from "./PlanButton";
import { ReachList } from "./ReachList";
import { effectText, isPlanned, missingText, plannedText, planText, roughly } from "./words";

export interface ForecastTextProps {
  forecast: Forecast;
  unit: Unit;
  /** The metric was not registered as the primary one at the start. */
  isChosenAfterStart?: boolean;
  /** What is found week by week is unfolded. */
  isOpen: boolean;
  onOpen: (isOpen: boolean) => void;
  /** Plans for that many subjects, where there still is something to plan. */
  onPlan?: (subjects: number) => void;
}

/** The sentences of a forecast: traffic, the metric, the plan, and what it finds when. */
export function ForecastText({
  forecast,
  unit,
  isChosenAfterStart = false,
  isOpen,
  onOpen,
  onPlan,
}: ForecastTextProps) {
  const { t } = useLocale();
  const format = useFormat();
  const figures = useFigures();
  const { perWeek, precedent, metric, baseline, plan, reach, missing, minimumEffect, windowDays } = forecast;
  const { frozen } = forecast;
  const weeks = reach.filter(
    (row) => (row.effect !== null || row.ifPlanned !== null) && [2, 4, 8].includes(row.weeks),
  );
  const headline = missing === null ? headlineOf(frozen, unit, t, format) : null;
  const needed = plan?.status === "planned" ? plan : null;
  return (
    <>
      {perWeek !== null && (
        <p>
          {t(precedent === null ? "planning_per_week_assumed" : "planning_per_week", {
            subjects: t(unitCountKeys[unit], { count: perWeek, formatted: roughly(perWeek, format) }),
            name: precedent?.name,
          })}
        </p>
      )}
      {metric !== null && baseline !== null && (
        <p>
          {t(baseline.subjects === 0 ? "planning_baseline_assumed" : "planning_baseline", {
            metric: isChosenAfterStart ? markedName({ ...metric, isChosenAfterStart }, t) : metric.name,
            value: figures.value(baseline.value, metric),
          })}
        </p>
      )}
      {perWeek !== null && isMoreAtFirst(forecast, perWeek) && (
        <p className="text-pretty text-muted-foreground">{t("planning_more_at_first")}</p>
      )}
      {missing !== null && <p className="text-pretty text-muted-foreground">{missingText(missing, t)}</p>}
      <p className={cn("text-pretty", isPlanned(forecast) ? "font-medium" : "text-muted-foreground")}>
        {planText(frozen, unit, t, format)}
      </p>
      {missing === "arrivals" && frozen.effect !== null && (
        <p className="text-pretty">
          {t("planning_finds", {
            effect: effectText(frozen.effect, format),
            subjects: plannedText(frozen.subjects, unit, t, format),
          })}
        </p>
      )}
      {headline !== null && weeks.length === 0 && <p className="text-pretty">{headline}</p>}
      {weeks.length > 0 && (
        <Disclosure
          open={isOpen}
          onToggle={(event) => onOpen(event.currentTarget.open)}
          summaryClassName="text-pretty text-foreground"
          summary={headline ?? t("planning_found_from")}
        >
          <ReachList {...{ weeks, unit, onPlan }} planned={frozen.subjects} />
        </Disclosure>
      )}
      {needed !== null && minimumEffect !== null && needed.units !== frozen.subjects && (
        <p className="text-pretty">
          {t("planning_takes", {
            effect: effectText(minimumEffect, format),
            weeks: t("planning_weeks", { count: needed.weeks }),
            subjects: plannedText(needed.units, unit, t, format),
          })}{" "}
          {onPlan && <PlanButton subjects={needed.units} onPlan={onPlan} />}
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
    </>
  );
}

function headlineOf(
  { subjects, effect, weeks }: FrozenPlan,
  unit: Unit,
  t: Translate,
  format: Format,
): string {
  const planned = plannedText(subjects, unit, t, format);
  if (effect === null || weeks === null) return t("planning_finds_nothing", { subjects: planned });
  return t("planning_takes", {
    effect: effectText(effect, format),
    weeks: t("planning_weeks", { count: weeks }),
    subjects: planned,
  });
}

/** Who comes often comes first: what the weeks bring together is then more than so many times the last of them. */
function isMoreAtFirst({ reach, windowDays }: Forecast, perWeek: number): boolean {
  return reach.some(({ weeks, subjects }) => subjects > 1.02 * perWeek * Math.max(0, weeks - windowDays / 7));
}
