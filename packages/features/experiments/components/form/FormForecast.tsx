"use client";

import { useFormContext, useWatch } from "react-hook-form";
import { planQuestionSchema, type Status } from "../../types";
import { ForecastPanel } from "../planning/ForecastPanel";
import { type FormValues, toSettings } from "./form-values";

/** How long the experiment of the form would take; what it takes can be planned for until it has started. */
export function FormForecast({ status }: { status: Status }) {
  const { setValue } = useFormContext<FormValues>();
  const values = useWatch<FormValues>() as FormValues;
  const parsed = planQuestionSchema.safeParse(toSettings(values));
  const plan = (subjects: number) =>
    setValue("analysis.plannedSubjects", String(subjects), { shouldDirty: true, shouldValidate: true });
  return (
    <ForecastPanel
      question={parsed.success ? parsed.data : null}
      {...(status === "draft" && { onPlan: plan })}
    />
  );
}
