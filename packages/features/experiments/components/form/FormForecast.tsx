"use client";

import type { ReactNode } from "react";
import { useFormContext, useWatch } from "react-hook-form";
import { DEFAULT_PLANNED_SUBJECTS } from "../../types/analysis";
import { planQuestionSchema } from "../../types/input";
import type { RegisteredMetric } from "../../types/metrics";
import type { Status } from "../../types/settings";
import { ForecastPanel } from "../planning/ForecastPanel";
import { ForecastProvider, useForecast, useFormForecast } from "../planning/useForecast";
import { toSettings } from "./form-settings";
import type { FormValues } from "./form-values";

interface FormForecastsProps {
  /** What was registered at the start; null before it. */
  registered?: readonly RegisteredMetric[] | null;
  /** Of an experiment that is there: once it has started, it goes by its own versions of metrics. */
  slug?: string | undefined;
  children: ReactNode;
}

/** Asks for the forecast of what the form holds, once for all of the form. */
export function FormForecasts({ registered = null, slug, children }: FormForecastsProps) {
  const settings = toSettings(useWatch<FormValues>() as FormValues);
  const { analysis } = settings;
  // The results of an experiment that started without a target are computed for the default.
  const plannedSubjects = analysis.plannedSubjects ?? (registered === null ? null : DEFAULT_PLANNED_SUBJECTS);
  const parsed = planQuestionSchema.safeParse({
    ...settings,
    analysis: { ...analysis, plannedSubjects },
    experiment: slug,
  });
  const forecast = useForecast(parsed.success ? parsed.data : null);
  return <ForecastProvider value={{ forecast, registered }}>{children}</ForecastProvider>;
}

/** What the start of the form's experiment would freeze, and how long it would take; until it has started it can be chosen. */
export function FormForecast({ status }: { status: Status }) {
  const { setValue } = useFormContext<FormValues>();
  const unit = useWatch<FormValues, "unit">({ name: "unit" });
  const plan = (subjects: number) =>
    setValue("analysis.plannedSubjects", String(subjects), { shouldDirty: true, shouldValidate: true });
  const { forecast, registered } = useFormForecast();
  const metric = forecast.status === "done" ? forecast.value.metric : null;
  const isChosenAfterStart =
    metric !== null &&
    registered !== null &&
    !registered.some(({ key, role }) => key === metric.key && role === "primary");
  return (
    <ForecastPanel
      forecast={forecast}
      unit={unit}
      isChosenAfterStart={isChosenAfterStart}
      {...(status === "draft" && { onPlan: plan })}
    />
  );
}
